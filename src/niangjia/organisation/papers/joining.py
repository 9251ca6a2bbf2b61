"""入会二维码: a sheet for the wall, that leads a phone to the union's own application."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.documents import Copy, QrCode, Template
from niangjia.organisation import queries
from niangjia.organisation.models import UnionBody

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class SheetFacts:
    union: str
    address: str
    code: QrCode
    phone: str


def _facts(union: UnionBody, copy: Copy) -> SheetFacts:
    address = f"{copy.site}/join/{union.number}/"
    return SheetFacts(union.name, address, QrCode(address), "")


JOINING_SHEET = Template(
    name="joining-sheet",
    label=_("入会二维码"),
    folder=FOLDER,
    model=UnionBody,
    find=lambda public_id, actor: queries.union_visible_to(actor, public_id=public_id),
    facts=_facts,
    is_personal=False,
)
