"""会员证明 and 会籍接转介绍信: issued under a number by the member's own union."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import Letter
from niangjia.kernel.errors import Refused
from niangjia.kernel.numbering import IssueNumber, Numbering
from niangjia.membership import queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Member

FOLDER = Path(__file__).parent


class CertificateForm(forms.Form):
    addressee = forms.CharField(
        label=_("交给谁"),
        max_length=60,
        required=False,
        help_text=_("写在抬头，例如“东桥区图书馆”；可以不写。"),
    )
    purpose = forms.CharField(
        label=_("用途"), min_length=4, max_length=60, help_text=_("印在证明上，例如“参加职工运动会”。")
    )


class TransferForm(forms.Form):
    to_union = forms.CharField(
        label=_("转往的工会"),
        max_length=100,
        required=False,
        help_text=_("还不知道的可以不写，印成空格手填。"),
    )
    reason = forms.CharField(label=_("转会原因"), min_length=2, max_length=60, initial="工作单位变动")
    dues_paid_until = forms.DateField(label=_("会费交至"), required=False)
    valid_days = forms.IntegerField(
        label=_("有效天数"), min_value=1, max_value=180, initial=90, help_text=_("对方工会在这段时间内接收。")
    )
    from_phone = forms.CharField(label=_("本会联系电话"), max_length=30, required=False)


@dataclass(frozen=True)
class MemberFacts:
    """What every letter says of a member, its number and its clerk."""

    number: str
    name: str
    sex: str
    id_kind: str
    id_number: str
    member_number: str
    joined_on: date
    clerk: str
    issued_on: date


@dataclass(frozen=True)
class CertificateFacts(MemberFacts):
    born_on: date
    union: str
    employer: str
    standing: str
    addressee: str
    purpose: str


@dataclass(frozen=True)
class TransferFacts(MemberFacts):
    from_union: str
    to_union: str
    reason: str
    dues_paid_until: date | None
    valid_days: int
    valid_until: date
    from_phone: str


def _certificate_facts(
    member: Member, number: IssueNumber, actor: Actor, *, addressee: str, purpose: str
) -> CertificateFacts:
    if member.left_on is not None:
        raise Refused(_("%s已经离会，不能开具会员证明。") % member.person.name)
    return CertificateFacts(
        **_member_facts(member, number, actor),
        born_on=member.person.born_on,
        union=member.unit.name,
        employer=member.employer.name if member.employer else "",
        standing=member.get_state_display(),
        addressee=addressee,
        purpose=purpose,
    )


def _transfer_facts(
    member: Member,
    number: IssueNumber,
    actor: Actor,
    *,
    to_union: str,
    reason: str,
    dues_paid_until: date | None,
    valid_days: int,
    from_phone: str,
) -> TransferFacts:
    return TransferFacts(
        **_member_facts(member, number, actor),
        from_union=member.unit.name,
        to_union=to_union,
        reason=reason,
        dues_paid_until=dues_paid_until,
        valid_days=valid_days,
        valid_until=clock.today() + timedelta(days=valid_days),
        from_phone=from_phone,
    )


def _member_facts(member: Member, number: IssueNumber, actor: Actor) -> dict[str, Any]:
    person = member.person
    return {
        "number": number.text,
        "name": person.name,
        "sex": person.get_sex_display(),
        "id_kind": person.get_id_kind_display(),
        "id_number": person.id_number,
        "member_number": member.number,
        "joined_on": member.joined_on,
        "clerk": actor.user.name if actor.user else "",
        "issued_on": clock.today(),
    }


def _may_issue(member: Member, actor: Actor) -> bool:
    return bool(actor.grants_for(MEMBERSHIP_CLERK, member.unit.path))


CERTIFICATE = Letter(
    name="member-certificate",
    label=_("会员证明"),
    help=_("证明这位职工是本会会员。开具后编号留底，可以重印，不能改。"),
    folder=FOLDER,
    model=Member,
    find=queries.member_or_own,
    facts=_certificate_facts,
    unit=lambda member: member.unit,
    numbering=Numbering("member-certificate", "{mark}证〔{year}〕{number}号"),
    may_issue=_may_issue,
    form=CertificateForm,
    subject=lambda member: member.person.user_id,
)
TRANSFER = Letter(
    name="transfer-letter",
    label=_("会籍接转介绍信"),
    help=_("职工换单位时带给新单位工会：一式三联，存根、介绍信、回执。"),
    folder=FOLDER,
    model=Member,
    find=queries.member_or_own,
    facts=_transfer_facts,
    unit=lambda member: member.unit,
    numbering=Numbering("transfer-letter", "{mark}介〔{year}〕{number}号"),
    may_issue=_may_issue,
    form=TransferForm,
    subject=lambda member: member.person.user_id,
)
