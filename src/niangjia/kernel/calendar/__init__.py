"""Calendar 日历: working days in China and the counting of periods, from dated data kept by hand.

A year nobody has entered yet is counted by weekends only, and `warning_for` says so wherever a date is shown.
"""

from niangjia.kernel.calendar.counting import (
    add_months,
    add_working_days,
    forget,
    is_working_day,
    missing_years,
    period_end,
    unlike_its_week,
    warning_for,
    working_days_between,
)
from niangjia.kernel.calendar.days import CalendarDay, CalendarYear
from niangjia.kernel.calendar.years import read_days, seed_calendar, set_year

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "add_months",
    "add_working_days",
    "forget",
    "is_working_day",
    "missing_years",
    "period_end",
    "read_days",
    "seed_calendar",
    "set_year",
    "unlike_its_week",
    "warning_for",
    "working_days_between",
]
