"""How many households a cadre may look after, and how soon they call again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from niangjia.assistance.access import PAIRED_CADRE, PAIRED_LEADER
from niangjia.assistance.models import Pairing
from niangjia.assistance.pairing.kinds import PairingState, Role
from niangjia.assistance.pairing.parameters import MOST_HOUSEHOLDS, VISITS_A_YEAR
from niangjia.kernel import clock
from niangjia.kernel.access import Duty
from niangjia.kernel.errors import Invalid
from niangjia.kernel.users import User
from niangjia.organisation import directory
from niangjia.organisation.models import Post
from niangjia.organisation.parameters import value

DUTY_OF: Mapping[str, Duty] = {Role.LEADER: PAIRED_LEADER, Role.STAFF: PAIRED_CADRE}


@dataclass(frozen=True)
class Seat:
    """The post for which somebody may be paired, and as what."""

    post: Post
    role: Role


def posts_held(role: str) -> "QuerySet[Post]":
    """Posts of today that let their holders be paired as what."""
    rows = directory.posts_held(clock.today()).filter(duty=DUTY_OF[role].name)
    return rows.select_related("unit", "user")


def seat_of(user: User, role: str = "") -> Seat | None:
    """The post for which a colleague may be paired; of two the leader's counts first.

    The post may stand anywhere in the tree: leaders of the city call on households of any street, and one county lends
    its staff to another (S04-04). The pairing itself opens the one household, no more.
    """
    for one in [Role(role)] if role else Role:
        if post := posts_held(one).filter(user=user).order_by("pk").first():
            return Seat(post, one)
    return None


def take_seat(user: User, role: str = "", *, besides: Pairing | None = None) -> Seat:
    """The colleague's seat, held so that two pairings at once cannot both find room. Raises Invalid in words."""
    seat = seat_of(user, role)
    if seat is None:
        raise _refused(
            _("%s没有“挂钩领导”或“结对干部”岗位，不能结对。请先请组织管理员任职，或换一位同事。") % user
            if not role
            else _("%(who)s没有“%(role)s”岗位，不能接手。请换一位同事，或先请组织管理员任职。")
            % {"who": user, "role": Role(role).label}
        )
    list(Post.objects.select_for_update(no_key=True, of=("self",)).filter(pk=seat.post.pk).values_list("pk"))
    held = running(user, seat.role)
    if besides is not None:
        held = held.exclude(pk=besides.pk)
    most = value(MOST_HOUSEHOLDS[seat.role], seat.post.unit, clock.today())
    if held.count() >= most:
        raise _refused(
            _("%(who)s已结对 %(count)d 户，按本地规定%(role)s最多 %(most)d 户。请换一位同事，或先交接一户。")
            % {"who": user, "count": held.count(), "role": seat.role.label, "most": most}
        )
    return seat


def running(user: User, role: str) -> "QuerySet[Pairing]":
    return Pairing.objects.filter(cadre=user, role=role, state=PairingState.PAIRED)


def next_visit(seat: Seat, after: date) -> date:
    """So many visits a year, evenly."""
    visits = value(VISITS_A_YEAR[seat.role], seat.post.unit, clock.today())
    return after + timedelta(days=365 // visits)


def _refused(sentence: str) -> Invalid:
    return Invalid(sentence, {"cadre": [sentence]})
