"""Sheets 表格: workbooks in and out. `writing` makes them."""

from niangjia.kernel.sheets.writing import write_rows

__all__ = ["write_rows"]
