"""What follows from a decision: the grant, a cap lifted, an appeal. Called by the steps of the workflow alone."""

from decimal import Decimal

from django.utils.translation import gettext as _

from niangjia.benefits import messages, queries
from niangjia.benefits.kinds import Outcome
from niangjia.benefits.models import Appeal, BenefitApplication, Decision, Grant, Override, Scheme
from niangjia.kernel import clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.money import formatted


def grant(row: BenefitApplication) -> Grant:
    """The amount of the decision, within what the scheme's budget still holds."""
    decision = refuse_nothing(row)
    assert decision.amount is not None
    _refuse_beyond_budget(row.scheme, decision.amount)
    year = clock.today().year
    [number] = numbering.draw(f"grant/{year}")
    return Grant.objects.create(
        number=f"JZ{year}{number:06d}",
        unit=row.unit,
        application=row,
        decision=decision,
        scheme=row.scheme,
        person=row.person,
        household=decision.household,
        payee=row.payee,
        amount=decision.amount,
        fund=row.scheme.fund,
    )


def refuse_nothing(row: BenefitApplication) -> Decision:
    decision = row.decision
    if decision is None or not decision.is_decided or not decision.amount:
        raise Refused(_("核定结果不是应当给付的金额，不能批准。请选“不予给付”，或退回核定。"))
    return decision


def _refuse_beyond_budget(scheme: Scheme, amount: Decimal) -> None:
    """The scheme is locked, so that two grants at once cannot both take the last of it."""
    held = Scheme.objects.select_for_update(no_key=True).get(pk=scheme.pk)
    if held.budget_amount is None:
        return
    left = held.budget_amount - queries.granted_from(held)
    if amount > left:
        raise Refused(
            _("“%(scheme)s”的预算只剩 %(left)s，不够这一笔 %(amount)s。请先追加预算。")
            % {"scheme": held, "left": formatted(left), "amount": formatted(amount)}
        )


def grant_of(row: BenefitApplication) -> Grant | None:
    return row.grants.filter(voided_on=None).first()


def refuse_committed(row: BenefitApplication) -> None:
    found = grant_of(row)
    if found is not None and found.committed_at is not None:
        raise Refused(_("这笔救助已经转入发放，不能再对金额申请复议。有疑问请向承办工会询问。"))


def void_grant(row: BenefitApplication) -> None:
    refuse_committed(row)
    row.grants.filter(voided_on=None).update(voided_on=clock.today())


def answer_override(row: BenefitApplication, actor: Actor, *, is_approved: bool) -> Override:
    override = row.overrides.get(answered_on=None)
    override.answered_by, override.answered_on = actor.account, clock.today()
    override.is_approved = is_approved
    override.save(update_fields=["answered_by", "answered_on", "is_approved"])
    return override


def file_appeal(row: BenefitApplication, grounds: str) -> None:
    """Within the days that were told, and once."""
    if row.appeal_until is None or clock.today() > row.appeal_until:
        raise Refused(_("复议期限已过（%s）。有新的情况可以重新申请，或向承办工会询问。") % row.appeal_until)
    if Appeal.objects.filter(application=row).exists():
        raise Refused(_("这件申请已经复议过一次。仍不同意的，可以向上级工会反映。"))
    assert row.decision is not None
    Appeal.objects.create(application=row, decision=row.decision, grounds=grounds)


def answer_appeal(row: BenefitApplication, actor: Actor, outcome: Outcome, answer: str) -> None:
    appeal = Appeal.objects.get(application=row)
    appeal.outcome, appeal.answer, appeal.answered_on = outcome, answer, clock.today()
    appeal.save(update_fields=["outcome", "answer", "answered_on"])
    messages.tell(row, messages.ANSWERED, actor=actor)
