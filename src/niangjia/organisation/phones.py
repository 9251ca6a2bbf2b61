"""Mobile numbers as people write them."""

import re

from django.utils.translation import gettext as _

from niangjia.kernel.errors import Invalid

MOBILE = re.compile(r"1[3-9]\d{9}")


def normalise_phone(text: str) -> str:
    """Eleven digits: +86, spaces and dashes fall away."""
    digits = re.sub(r"[\s\-()（）]", "", text)
    return digits.removeprefix("+86").removeprefix("0086")


def check_phone(text: str) -> str:
    number = text if MOBILE.fullmatch(text) else normalise_phone(text)
    if not MOBILE.fullmatch(number):
        raise Invalid(_("手机号应为 1 开头的 11 位数字，请核对。"))
    return number
