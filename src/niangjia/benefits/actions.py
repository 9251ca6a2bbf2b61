"""Writes that change no state: papers, schemes that exclude each other, grants that payments take up."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.benefits import queries
from niangjia.benefits.access import ASSESSOR, RECEIVER, SCHEME_KEEPER
from niangjia.benefits.kinds import OPEN_TO_PAPERS
from niangjia.benefits.models import BenefitApplication, BenefitPaper, Grant, Scheme
from niangjia.kernel import audit, clock, papers
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, Refused, WrongState
from niangjia.kernel.workflow.engine import ACTION_LABELS

ACTION_LABELS.update({"exclude": gettext_lazy("设为不得兼得"), "include": gettext_lazy("取消不得兼得")})


def attach(row: BenefitApplication, *, actor: Actor, kind: str, upload: Any) -> BenefitPaper:
    """Add one paper. The same paper twice is the same row."""
    _may_handle_papers(row, actor)
    made: BenefitPaper = papers.attach(BenefitPaper, row, actor=actor, kind=kind, upload=upload)
    return made


def void_paper(paper: BenefitPaper, *, actor: Actor) -> None:
    """Take a wrong paper out of sight; it stays on record."""
    row = paper.application
    _may_handle_papers(row, actor)
    if paper.added_by_id != actor.user_id and not _handles_papers_by_post(row, actor):
        raise NotAllowed(_("这份材料是工会添加的，只有工会能作废。有疑问请向承办工会询问。"))
    papers.void(paper, actor=actor)


def _may_handle_papers(row: BenefitApplication, actor: Actor) -> None:
    if row.state not in OPEN_TO_PAPERS:
        raise WrongState(
            _("申请%s现在是“%s”，材料已经固定，不能增减。") % (row.number, row.get_state_display())
        )
    if not queries.is_own(actor, row) and not _handles_papers_by_post(row, actor):
        raise NotAllowed(_("材料由申请人、受理员或核定员添加，您没有这个岗位。"))


def _handles_papers_by_post(row: BenefitApplication, actor: Actor) -> bool:
    return any(actor.grants_for(duty, row.unit.path) for duty in (RECEIVER, ASSESSOR))


def exclude(scheme: Scheme, *, actor: Actor, number: str) -> Scheme:
    """From now on nobody receives both in one year."""
    other = queries.scheme_visible_to(actor, number)
    _require_keeper(scheme, actor)
    if other == scheme:
        raise Refused(_("一个项目不能与自己不得兼得。请填另一个项目的编号。"))
    with transaction.atomic():
        scheme.excludes.add(other)
        audit.record(scheme, "exclude", actor=actor, changes={"other": other.number})
    return other


def include(scheme: Scheme, *, actor: Actor, number: str) -> None:
    other = queries.scheme_visible_to(actor, number)
    _require_keeper(scheme, actor)
    with transaction.atomic():
        scheme.excludes.remove(other)
        audit.record(scheme, "include", actor=actor, changes={"other": other.number})


def _require_keeper(scheme: Scheme, actor: Actor) -> None:
    if not actor.grants_for(SCHEME_KEEPER, scheme.unit.path):
        raise NotAllowed(_("待遇项目由“%s”管理，您没有这个岗位。") % SCHEME_KEEPER.label)


def commit(grant: Grant) -> None:
    """A payment takes the grant up, in its own transaction; from then on no appeal undoes it."""
    taken = Grant.objects.filter(pk=grant.pk, committed_at=None, voided_on=None).update(
        committed_at=clock.now()
    )
    if not taken:
        raise WrongState(_("救助%s已经转入发放，或已作废。") % grant.number)
