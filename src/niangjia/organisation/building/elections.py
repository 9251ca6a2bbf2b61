"""选举: whether an assembly could elect, and whether those named were elected."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.errors import Refused
from niangjia.organisation import parameters
from niangjia.organisation.building import acceptance
from niangjia.organisation.building.kinds import BY_ASSEMBLY
from niangjia.organisation.building.parameters import MAJORITY, QUORUM
from niangjia.organisation.kinds import CommitteeKind, OfficerRole
from niangjia.organisation.models import ElectionResult, UnionBuilding

UNION = CommitteeKind.UNION_COMMITTEE


def has_quorum(present: int, entitled: int, quorum: Fraction) -> bool:
    """At least so large a share came."""
    return entitled > 0 and Fraction(present, entitled) >= quorum


def has_majority(votes: int, entitled: int, majority: Fraction) -> bool:
    """More than the share of all who are entitled, not of those who came."""
    return entitled > 0 and Fraction(votes, entitled) > majority


def check(building: UnionBuilding, *, entitled: int, present: int) -> None:
    """Refused, with the first thing that the law wants otherwise."""
    quorum: Fraction = parameters.value(QUORUM, building.unit, clock.today())
    if not has_quorum(present, entitled, quorum):
        raise Refused(
            _("应到 %(entitled)d 人，实到 %(present)d 人，不足%(share)s，选举无效。请另行召开，再登记。")
            % {"entitled": entitled, "present": present, "share": quorum}
        )
    results = list(building.elected.filter(voided_at=None))
    _check_votes(building, results, entitled, present)
    _check_bodies(building, results, entitled)


def _check_votes(
    building: UnionBuilding, results: Sequence[ElectionResult], entitled: int, present: int
) -> None:
    majority: Fraction = parameters.value(MAJORITY, building.unit, clock.today())
    for result in results:
        facts = {"name": result.name, "votes": result.vote_count, "present": present, "entitled": entitled}
        if result.vote_count is None:
            continue
        if result.vote_count > present:
            raise Refused(_("%(name)s得票 %(votes)d，多于实到的 %(present)d 人。请核对票数或人数。") % facts)
        if not has_majority(result.vote_count, entitled, majority):
            raise Refused(
                _("%(name)s得票 %(votes)d，未超过应到 %(entitled)d 人的%(share)s，不能当选。请改正选举结果。")
                % {**facts, "share": majority}
            )


def _check_bodies(building: UnionBuilding, results: Sequence[ElectionResult], entitled: int) -> None:
    voted = [result for result in results if result.vote_count is not None]
    if any(result.role == OfficerRole.ORGANISER for result in voted):
        if not acceptance.may_do_with_organiser(building, entitled):
            raise Refused(_("会员已达法定人数，应选举工会委员会，不能只设组织员。"))
        return
    for body in BY_ASSEMBLY:
        if not any(result.body == body and result.role in OfficerRole.heads() for result in voted):
            raise Refused(
                _("还没有登记%(body)s的负责人和得票。请先在“选举结果”中补上。") % {"body": body.label}
            )
    chairs = {result.name for result in voted if (result.body, result.role) == (UNION, OfficerRole.CHAIR)}
    if any(result.body == CommitteeKind.AUDIT_COMMITTEE and result.name in chairs for result in results):
        raise Refused(_("工会主席不能兼任经费审查委员会委员，请调整人选。"))
