"""What is known about a family, group by group as on the paper; health only for those who may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from niangjia.assistance import queries
from niangjia.assistance.circumstances import kinds
from niangjia.assistance.circumstances.forms import TOPICS, TopicForm
from niangjia.assistance.circumstances.models import Circumstances, FamilyMember
from niangjia.assistance.models import HardshipFile
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing
from niangjia.kernel.fields.masks import mask_card
from niangjia.kernel.order import first
from niangjia.kernel.prepared import Children

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HEALTH_TOPIC = "health"
CHOICES: Mapping[str, type[Any]] = {
    "health": kinds.Health,
    "disability": kinds.Disability,
    "disability_level": kinds.DisabilityLevel,
}


@dataclass(frozen=True)
class Topic:
    """One group of facts. `said`: label and value of what is known; `is_open`: nothing has been said yet."""

    name: str
    label: "StrOrPromise"
    said: list[tuple[str, Any]]

    @property
    def is_open(self) -> bool:
        return not self.said


def latest(file: HardshipFile) -> Circumstances | None:
    return file.circumstances.select_related("told_by").last()


_statements = Children(Circumstances, "file", lambda rows: rows.select_related("told_by"))
_members = Children(FamilyMember, "file", lambda rows: rows.filter(ended_at=None))


def statements(file: HardshipFile) -> list[Circumstances]:
    """The newest first."""
    return _statements.of(file)[::-1]


def topics(actor: Actor, file: HardshipFile, stated: Sequence[Circumstances] | None = None) -> list[Topic]:
    """All groups the actor may see, those of which nothing is known too. `stated`: newest first, if read already."""
    said = latest(file) if stated is None else first(stated)
    seen = [name for name in TOPICS if name != HEALTH_TOPIC or queries.sees_health(actor, file)]
    return [Topic(name, TOPICS[name][0], told(said, TOPICS[name][1])) for name in seen]


def topic_form(actor: Actor, file: HardshipFile, name: str) -> type[TopicForm]:
    if name not in TOPICS or (name == HEALTH_TOPIC and not queries.sees_health(actor, file)):
        raise Missing(_("没有这一项，或您的岗位看不到它。"))
    return TOPICS[name][1]


def members(file: HardshipFile) -> list[FamilyMember]:
    return _members.of(file)


def member(public_id: UUID | str, actor: Actor) -> FamilyMember:
    found = (
        FamilyMember.objects.filter(
            public_id=public_id, ended_at=None, file__in=queries.files_visible_to(actor)
        )
        .select_related("file__person", "file__unit")
        .first()
    )
    if found is None:
        raise Missing(_("没有找到这位家庭成员，或您的岗位看不到。"))
    return found


def told(said: Circumstances | None, form: type[TopicForm]) -> list[tuple[str, Any]]:
    if said is None:
        return []
    shown = ((str(said._meta.get_field(name).verbose_name), _shown(said, name)) for name in form.base_fields)  # type: ignore[union-attr]
    return [(label, value) for label, value in shown if value not in (None, "")]


def _shown(said: Circumstances, name: str) -> Any:
    value = getattr(said, name)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name == "card_number":
        return mask_card(value) if value else ""
    if name in CHOICES:
        return CHOICES[name](value).label if value else ""
    display = getattr(said, f"get_{name}_display", None)
    return display() if display else value
