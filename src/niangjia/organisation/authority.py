"""Under which grant somebody acts on the organisation, or why they may not."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Actor, Duty, Grant
from niangjia.kernel.errors import NotAllowed
from niangjia.organisation import paths, regions
from niangjia.organisation.access import ADMINISTRATOR, ORGANISATION_CLERK, PARAMETER_KEEPER
from niangjia.organisation.models import Region, UnionBody

if TYPE_CHECKING:
    from niangjia.kernel.users import User


def over(unit: UnionBody, actor: Actor, duty: Duty = ADMINISTRATOR) -> Grant:
    """The grant that covers a union: own before delegated, the nearest first."""
    if grants := actor.grants_for(duty, unit.path):
        return grants[0]
    raise NotAllowed(
        _("“%(unit)s”不在您作为%(duty)s的范围内，请由该工会或其上级的%(duty)s办理。")
        % {"unit": unit.name, "duty": duty.label}
    )


def over_registers(unit: UnionBody, actor: Actor) -> Grant:
    """Registers are kept by the clerk for them, or by the administrator."""
    if grants := actor.grants_for(ADMINISTRATOR, unit.path):
        return grants[0]
    return over(unit, actor, ORGANISATION_CLERK)


def keeps_registers(unit: UnionBody, actor: Actor) -> bool:
    """Whether the pages offer the actor what changes a register."""
    return bool(actor.grants_for(ADMINISTRATOR, unit.path) or actor.grants_for(ORGANISATION_CLERK, unit.path))


def above(unit: UnionBody, actor: Actor) -> Grant:
    """Where a union stands is decided above it, never by itself."""
    if unit.parent is None:
        raise NotAllowed(_("“%s”是最上级工会，不能移动或撤销。") % unit.name)
    return over(unit.parent, actor)


def over_region(region: Region | None, actor: Actor) -> Grant:
    """A keeper sets parameters for the region of their union and below; for everywhere, only at the root."""
    grants = [grant for grant in actor.grants if grant.duty == PARAMETER_KEEPER]
    grants.sort(key=lambda grant: grant.principal_id is not None)
    homes = dict(UnionBody.objects.filter(pk__in=[g.unit_id for g in grants]).values_list("pk", "region_id"))
    chain = regions.chain(region.pk) if region else []
    for grant in grants:
        if grant.path == paths.ROOT or homes[grant.unit_id] in chain:
            return grant
    raise NotAllowed(
        _("您不能设定“%s”的参数，请由该地或上级工会的参数管理员办理。")
        % (region.name if region else _("全部地区"))
    )


def keep_apart(grant: Grant, actor: Actor, user: "User") -> None:
    """Nobody gives a right to themselves, nor to the colleague they act for."""
    if user.pk in {actor.user_id, grant.principal_id}:
        raise NotAllowed(_("不能给自己或被代办人设定岗位，请由另一位组织管理员办理。"))
