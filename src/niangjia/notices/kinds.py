"""Where notices, lines and objections stand, and the kinds of notice that domains above declare."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Duty
from niangjia.membership.consents.purposes import Purpose
from niangjia.notices.consents import PUBLICITY

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class NoticeState(TextChoices):
    ON_NOTICE = "on_notice", _("公示中")
    STOPPED = "stopped", _("因异议停下")
    ENDED = "ended", _("已期满")
    REVOKED = "revoked", _("已撤销")


RUNNING = (NoticeState.ON_NOTICE, NoticeState.STOPPED)


class Standing(TextChoices):
    """Where a line stands. Never stored: it follows from its days and from open objections."""

    LISTED = "listed", _("公示中")
    STOPPED = "stopped", _("因异议停下")
    CLEARED = "cleared", _("公示无异议")
    REMOVED = "removed", _("已撤下")


class Removal(TextChoices):
    OBJECTION = "objection", _("异议成立")
    CONSENT = "consent", _("本人撤回同意")
    TAKEN_DOWN = "taken_down", _("经办人撤回")


class ObjectionState(TextChoices):
    LODGED = "lodged", _("待受理异议")
    INQUIRY = "inquiry", _("核实异议中")
    TURNED_AWAY = "turned_away", _("不予受理")
    UPHELD = "upheld", _("异议成立")
    DISMISSED = "dismissed", _("异议不成立")


OPEN = (ObjectionState.LODGED, ObjectionState.INQUIRY)


class Channel(TextChoices):
    ONLINE = "online", _("公示页")
    DESK = "desk", _("上门、来电或来信")


# Steps of domains that may open a notice, as `workflow/step`; each kind adds its own.
PUBLISHING_STEPS: set[str] = set()


@dataclass(frozen=True)
class NoticeKind:
    """`workflow` is that of the cases, `steps` are those of its steps that publish. `duty` is who publishes, for the
    union where they hold it; `mark` stands in numbers.

    `basis` is printed on the sheet: under which rule this is published. `purpose` is the kind of data whose posts see
    notices of this kind, `days` the parameter of the window.
    """

    name: str
    label: "StrOrPromise"
    mark: str
    basis: "StrOrPromise"
    purpose: str
    workflow: str
    steps: Collection[str]
    duty: Duty
    days: str
    shows_amount: bool = False
    consent: Purpose = PUBLICITY

    def __post_init__(self) -> None:
        if KINDS.setdefault(self.name, self) is not self:
            raise ValueError(f"two kinds of notice are called {self.name}")
        PUBLISHING_STEPS.update(f"{self.workflow}/{step}" for step in self.steps)


KINDS: dict[str, NoticeKind] = {}
