"""Who does a step in the demo city: a holder of the duty at the nearest desk, or today's stand-in.

The posts never change after the first day, so they are read once; only delegations are looked at day by day.
"""

from collections.abc import Collection
from datetime import date
from random import Random

from niangjia.kernel import clock
from niangjia.kernel.access import Actor, Duty
from niangjia.kernel.prepared import ByKey
from niangjia.kernel.users import User
from niangjia.organisation import paths
from niangjia.organisation.directory import delegations_held
from niangjia.organisation.models import Delegation, Post, UnionBody


class Desks:
    """Answers as the organisation's directory would, from memory."""

    def __init__(self) -> None:
        self._holders: dict[tuple[str, str], list[User]] = {}
        posts = Post.objects.select_related("user", "unit").order_by("user__username")
        for post in posts:
            self._holders.setdefault((post.duty, post.unit.path), []).append(post.user)
        self._actors: dict[int, Actor] = {}
        self._absences: list[Delegation] = []
        self._day: date | None = None

    def somebody(self, random: Random, duty: Duty, unit: UnionBody, barred: Collection[int] = ()) -> Actor:
        """Going up from the unit, somebody at the first desk where anybody may do it."""
        self._look_at_absences()
        for path in reversed(paths.ancestors(unit.path)):
            holders = self._holders.get((duty.name, path), [])
            if free := [user for user in holders if user.pk not in barred]:
                holder = random.choice(free)
                return self.actor(self._stand_in(holder, duty, path, barred) or holder)
        raise LookupError(f"nobody above {unit} holds {duty.name}")

    def actor(self, user: User) -> Actor:
        """With the grants of the day; they stay the same until somebody goes away or comes back."""
        if user.pk not in self._actors:
            self._actors[user.pk] = Actor.of(user)
        return self._actors[user.pk]

    def _look_at_absences(self) -> None:
        if self._day == clock.today():
            return
        self._day = clock.today()
        running = _running(self._day.isoformat())
        if running != self._absences:
            self._absences = running
            self._actors.clear()

    def _stand_in(self, user: User, duty: Duty, path: str, barred: Collection[int]) -> User | None:
        for absence in self._absences:
            post = absence.post
            if (post.user_id, post.duty, post.unit.path) == (user.pk, duty.name, path):
                return None if absence.delegate_id in barred else absence.delegate
        return None


# By the day: it is asked on each of two years.
_running = ByKey(lambda: delegations_held(date.min).select_related("delegate", "post__unit"), date.min)
