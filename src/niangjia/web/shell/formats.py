"""How dates, days and money are written for the reader, in the language the page is in."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import formats, timezone
from django.utils.translation import get_language

from niangjia.kernel import money
from niangjia.kernel.clock import CHINA

TEN_THOUSAND = 10_000


def in_chinese() -> bool:
    return (get_language() or "zh-hans").startswith("zh")


def china_day(moment: date | datetime) -> date:
    """The calendar day in China of a moment; a bare date is itself."""
    return timezone.localtime(moment, CHINA).date() if isinstance(moment, datetime) else moment


def write_day(moment: date | datetime) -> str:
    """2026年11月21日 · 21 Nov 2026."""
    day = china_day(moment)
    if in_chinese():
        return f"{day.year}年{day.month}月{day.day}日"
    return formats.date_format(day, "j M Y")


def write_moment(moment: datetime) -> str:
    """2026年11月21日 15:04, by the clock of China."""
    return f"{write_day(moment)} {timezone.localtime(moment, CHINA):%H:%M}"


def write_time(moment: datetime) -> str:
    """15:04:05, by the clock of China."""
    return f"{timezone.localtime(moment, CHINA):%H:%M:%S}"


def write_money(amount: Decimal | int | str) -> str:
    """¥1,234.50"""
    return money.formatted(money.yuan(amount))


def write_ten_thousands(amount: Decimal | int | str) -> str:
    """128.40 万元, for reports; English keeps yuan."""
    if not in_chinese():
        return write_money(amount)
    return f"{money.yuan(Decimal(amount) / TEN_THOUSAND):,.2f} 万元"
