"""Reads of the calendar as it was entered."""

from django.db.models import Count, Q, QuerySet

from niangjia.kernel.calendar.days import CalendarDay, CalendarYear


def years_entered() -> "QuerySet[CalendarYear]":
    """Newest first, each with its `holiday_count` and `workday_count`."""
    return CalendarYear.objects.annotate(
        holiday_count=Count("days", filter=Q(days__kind=CalendarDay.Kind.HOLIDAY)),
        workday_count=Count("days", filter=Q(days__kind=CalendarDay.Kind.WORKDAY)),
    ).order_by("-year")


def year_entered(year: int) -> CalendarYear | None:
    return CalendarYear.objects.prefetch_related("days").filter(year=year).first()
