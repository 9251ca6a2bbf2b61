"""Schemes as the shipped policies describe them, for a union to adopt: it adds its own money and window."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from niangjia.benefits import policies
from niangjia.benefits.history import EXCLUDED
from niangjia.benefits.kinds import Basis, FundSource, PaperKind, PeriodRule, Publicity
from niangjia.benefits.settlements import FEES, of_year
from niangjia.kernel.errors import Invalid, Missing
from niangjia.policy.model import Policy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Template:
    """What `SchemeForm` begins with. Title and source come from the policy itself."""

    policy: str
    place: "StrOrPromise"
    output: str
    basis: Basis = Basis.PERSON
    period_rule: PeriodRule = PeriodRule.YEARLY
    fund: FundSource = FundSource.OWN
    notice: Publicity = Publicity.NONE
    papers: tuple[PaperKind, ...] = (PaperKind.IDENTITY,)
    is_medical: bool = False
    parameters: dict[str, str] = field(default_factory=dict)
    order: str = ""
    mapping: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.policy.replace("/", "-")

    def found(self, on: date) -> Policy | None:
        """The policy as it reads that day; None where none is in force."""
        try:
            return policies.shelf().program(self.policy, on, policies.Reading(self.parameters)).policy
        except Invalid:
            return None


ZHANGZHOU, ZHENJIANG = _("福建漳州"), _("江苏镇江")
YIBIN, NATION = _("四川宜宾"), _("全国")
ILL = (PaperKind.IDENTITY, PaperKind.MEDICAL)
# Bill lines of a year, by the names of the policy.
BILLS = {heading: of_year(heading) for heading in FEES.values()}
BILLS["自付医疗费"] = BILLS.pop("结算自付")

TEMPLATES = (
    Template(
        "350600/serious_illness",
        ZHANGZHOU,
        "大病补助",
        fund=FundSource.CITY,
        notice=Publicity.GRANT_AMOUNT,
        papers=ILL,
        is_medical=True,
        parameters={"分档读法": "全额"},
    ),
    Template(
        "350600/medical_mutual_aid",
        ZHANGZHOU,
        "给付额",
        fund=FundSource.MUTUAL_AID,
        papers=ILL,
        is_medical=True,
    ),
    Template(
        "350600/student_aid",
        ZHANGZHOU,
        "助学金",
        basis=Basis.CHILD,
        papers=(PaperKind.IDENTITY, PaperKind.SCHOOL),
        mapping={"金秋助学对象": EXCLUDED},
    ),
    Template(
        "350600/festival_relief",
        ZHANGZHOU,
        "慰问金",
        fund=FundSource.CENTRAL,
        mapping={"在档": "是建档困难职工"},
    ),
    Template(
        "350600/certificate_reward",
        ZHANGZHOU,
        "奖励金",
        period_rule=PeriodRule.EVENT,
        papers=(PaperKind.IDENTITY, PaperKind.CERTIFICATE, PaperKind.CONTRACT),
    ),
    Template("000000/hardship_recognition", NATION, "困难类别", basis=Basis.FILE, papers=()),
    Template(
        "321100/medical_layers",
        ZHENJIANG,
        "合计",
        basis=Basis.CLAIM,
        papers=ILL,
        is_medical=True,
        notice=Publicity.GRANT,
        order="照列举次序",
        mapping=BILLS,
    ),
    Template(
        "321100/medical_relief",
        ZHENJIANG,
        "医疗救助额",
        basis=Basis.CLAIM,
        papers=ILL,
        is_medical=True,
        parameters={"起付线读法": "照印"},
        mapping={"自付医疗费": BILLS["自付医疗费"]},
    ),
    Template(
        "511500/mutual_aid",
        YIBIN,
        "互助金",
        basis=Basis.CLAIM,
        period_rule=PeriodRule.EVENT,
        fund=FundSource.MUTUAL_AID,
        papers=ILL,
        is_medical=True,
    ),
    Template(
        "511523/mutual_aid",
        YIBIN,
        "互助金",
        basis=Basis.CLAIM,
        period_rule=PeriodRule.EVENT,
        fund=FundSource.MUTUAL_AID,
        papers=ILL,
        is_medical=True,
    ),
)


def template_named(name: str) -> Template:
    for template in TEMPLATES:
        if template.name == name:
            return template
    raise Missing(_("没有这个现成的待遇项目。"))


def draft(template: Template, on: date) -> dict[str, Any]:
    """What the form of a new scheme is filled with."""
    policy = template.found(on)
    made = {
        name: getattr(template, name)
        for name in (
            "policy",
            "output",
            "basis",
            "period_rule",
            "fund",
            "notice",
            "is_medical",
            "parameters",
            "order",
            "mapping",
        )
    }
    made["papers"] = [str(kind) for kind in template.papers]
    if policy is not None:
        made |= {
            "title": policy.title.zh,
            "title_en": policy.title.en,
            "legal_source": policy.source.partition("] ")[2] or policy.source,
        }
    return made


def unknowns(policy: Policy, on: date) -> list[tuple[str, str]]:
    """What print leaves open on that day, in words: the parameter's name and label with the note.

    A union that has its own figure writes it into the scheme's parameters.
    """
    found = []
    for parameter in policy.parameters.values():
        for entry in parameter.values:
            if entry.start <= on and (entry.until is None or on <= entry.until) and entry.value is None:
                language = policies.language()
                label = parameter.label[language]
                # Notes of a policy are Chinese in every language.
                told = f"{label}（{entry.note}）" if entry.note and language == "zh" else label
                found.append((parameter.name, told))
    return found
