"""统一社会信用代码: the unified social credit code by GB 32100, 18 places; the first may be a letter."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Invalid

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def normalise(code: str) -> str:
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", code)).upper()


def check_place(body: str) -> str:
    """The eighteenth place for seventeen places that hold only letters and digits of the alphabet."""
    total = sum(weight * ALPHABET.index(place) for weight, place in zip(WEIGHTS, body, strict=True))
    return ALPHABET[-total % 31]


def check(code: str) -> str:
    """The code as it is stored; `Invalid` says what is wrong."""
    code = normalise(code)
    if not code:
        raise Invalid(_("请填写统一社会信用代码。"))
    if len(code) != 18:
        raise Invalid(
            _("统一社会信用代码应为 18 位，现为 %(length)s 位，请核对是否漏填或多填。")
            % {"length": len(code)}
        )
    if strange := [place for place in code if place not in ALPHABET]:
        raise Invalid(
            _("统一社会信用代码不使用“%(place)s”，请核对：I、O、S、V、Z 常与 1、0、5、U、2 混淆。")
            % {"place": strange[0]}
        )
    if not re.fullmatch(r"[0-9]{6}", code[2:8]):
        raise Invalid(_("统一社会信用代码第 3 至 8 位是行政区划，应为数字，请核对。"))
    if check_place(code[:17]) != code[17]:
        raise Invalid(_("统一社会信用代码校验位不对，请核对最后一位；若最后一位无误，请逐位核对。"))
    return code


def is_union(code: str) -> bool:
    """Codes of unions as legal persons begin with 81."""
    return normalise(code).startswith("81")
