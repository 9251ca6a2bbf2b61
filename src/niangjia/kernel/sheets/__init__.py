"""Sheets 表格: rows that people bring as a file.

Declared once, they get a template, a dry run, the marked workbook back, taking in, and undoing. `declaration` says what
a sheet is, `reading` and `child` open files that nobody trusts, `working` does the long runs, `workbooks` makes what
goes back to people; `writing` makes any workbook of plain rows.
"""

from niangjia.kernel.sheets.declaration import (
    SHEETS,
    Column,
    Effect,
    Importer,
    Kind,
    Row,
    Sheet,
    Verdict,
    sheet_named,
    sheets_of,
)
from niangjia.kernel.sheets.workbooks import prefilled, template
from niangjia.kernel.sheets.writing import write_rows

__all__ = [
    "SHEETS",
    "Column",
    "Effect",
    "Importer",
    "Kind",
    "Row",
    "Sheet",
    "Verdict",
    "prefilled",
    "sheet_named",
    "sheets_of",
    "template",
    "write_rows",
]
