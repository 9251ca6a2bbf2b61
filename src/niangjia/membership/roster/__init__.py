"""会员花名册: members in bulk, as their unions keep them in a workbook of some twenty columns.

`columns` declares the sheet, `rows` says what one row means, `places` finds unions and employers, `importer` judges and
takes in, `undoing` takes back. It makes memberships; transfers and leaving are steps of their own.
"""
