"""What the person menu says about an actor: duty, unit, and in whose place."""

from dataclasses import dataclass

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.organisation import queries


@dataclass(frozen=True)
class HeldPost:
    duty: str
    unit: str
    acting_for: str = ""


def held_by(actor: Actor | None) -> list[HeldPost]:
    """Own posts first, then those held for a colleague. Only what the grants tell of is asked for."""
    if actor is None or actor.user is None or not actor.grants:
        return []
    today = clock.today()
    principals = {grant.principal_id for grant in actor.grants}
    own = queries.posts_held_by(actor.user, today) if None in principals else []
    lent = queries.delegations_held_by(actor.user, today) if principals - {None} else []
    return [
        *(HeldPost(str(post.duty_label), post.unit.name) for post in own),
        *(HeldPost(str(row.post.duty_label), row.post.unit.name, row.post.user.name) for row in lent),
    ]
