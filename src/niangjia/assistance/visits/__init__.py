"""入户核查: what a round of visits takes along and how it comes back, from a phone or as a workbook.

Owns the questions of a visit, the half-sent visit of a phone, conflicts of two visits and the workbook. The step
itself, `record_visit`, belongs to the hardship file's workflow.
"""
