"""重复登记: one human being registered twice. Found nightly, compared, merged by two people, undone if wrong.

Nothing is deleted: the lesser registration stays as a tombstone that points to the kept one, and whatever hung on it
follows. How the rows of each domain follow, the domain says itself (`following`).
"""
