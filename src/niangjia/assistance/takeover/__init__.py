"""存量档案移入: files of an earlier system, taken over by workbook with their days and confirmed by a second person.

Nothing is decided anew and no consent is invented: the file keeps what was done, says that it came from elsewhere, and
is reviewed at the end of its year like every other. It does not make members; that is the roster's work.
"""
