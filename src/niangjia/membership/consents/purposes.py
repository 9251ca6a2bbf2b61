"""What one may be asked to agree to: each purpose declared once by its domain, with what the person is told.

    PUBLICITY = Purpose("publicity", _("公示"), _("为什么需要、有什么影响……"))

Sensitive data may only be processed, and nothing be made public, with a consent of its own (个人信息保护法 25、29、30).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Missing

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Purpose:
    """`told` is what the person reads before agreeing: why it is needed, and what it does to them."""

    name: str
    label: "StrOrPromise"
    told: "StrOrPromise"

    def __post_init__(self) -> None:
        if PURPOSES.setdefault(self.name, self) is not self:
            raise ValueError(f"two consents are called {self.name}")


PURPOSES: dict[str, Purpose] = {}


def purpose_named(name: str) -> Purpose:
    if name not in PURPOSES:
        raise Missing(_("没有这项授权。"))
    return PURPOSES[name]
