"""What the person menu says about an actor: duty, unit, and in whose place."""

from dataclasses import dataclass

from niangjia.kernel.access import Actor


@dataclass(frozen=True)
class HeldPost:
    duty: str
    unit: str
    acting_for: str = ""


def held_by(actor: Actor | None) -> list[HeldPost]:
    """Own posts first, then those held for a colleague, the higher union first."""
    grants = sorted(
        actor.grants if actor else (), key=lambda grant: (grant.principal_id is not None, grant.path)
    )
    return [HeldPost(str(grant.duty.label), grant.unit_name, grant.principal_name) for grant in grants]
