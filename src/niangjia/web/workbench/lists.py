"""导出 of the workbench's lists: what a row of each says, masked as on the page, and the button behind it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from niangjia.assistance import queries as assistance
from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.kinds import Category, State
from niangjia.assistance.overlooked import Overlooked
from niangjia.kernel.errors import Refused
from niangjia.kernel.fields import mask_id_number, mask_phone
from niangjia.kernel.files.kinds import XLSX
from niangjia.kernel.money import formatted
from niangjia.membership import queries as membership
from niangjia.membership.kinds import MemberState
from niangjia.organisation import queries as organisation
from niangjia.organisation.access import BUILDING, PURPOSE
from niangjia.organisation.building.blank_spots import blank_spots_visible_to
from niangjia.organisation.kinds import EmployerKind, Industry, UnionKind, UnionLevel
from niangjia.web.shell import exports
from niangjia.web.shell.exports import Asked, Export
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench import plan_lists, twinning_lists, village_lists  # noqa: F401  declare their own
from niangjia.web.workbench.blank_spots import staff_asked
from niangjia.web.workbench.employers import chosen as employers_chosen
from niangjia.web.workbench.entrance import staff, words_asked

ONLY = {
    "without": gettext_lazy("没有建会"),
    "closed": gettext_lazy("停业、注销"),
    "large": gettext_lazy("上级代管的非公企业"),
}
# Labels looked up once: a hundred thousand rows ask for the same few.
CATEGORIES, INDUSTRIES, EMPLOYER_KINDS, UNION_KINDS, UNION_LEVELS, MEMBER_STATES = (
    dict(choices.choices)
    for choices in (Category, Industry, EmployerKind, UnionKind, UnionLevel, MemberState)
)

Export(
    name="members",
    label=gettext_lazy("会员名册"),
    purpose=membership.PURPOSE,
    titles=[
        gettext_lazy("姓名"),
        gettext_lazy("会员编号"),
        gettext_lazy("证件号码"),
        gettext_lazy("手机号"),
        gettext_lazy("所属工会"),
        gettext_lazy("工作单位"),
        gettext_lazy("入会日期"),
    ],
    rows=lambda actor, asked: membership.listed(
        membership.standing(
            membership.members_matching(actor, asked.words, asked.unit), asked.filters.get("state", "")
        )
    ),
    filters=["state"],
    said=lambda asked: str(MEMBER_STATES.get(asked.filters.get("state", ""), "")),
    cells=lambda member: (
        member.person.name,
        member.number,
        mask_id_number(member.person.id_number),
        mask_phone(member.person.phone),
        member.unit.name,
        member.employer and member.employer.name,
        member.joined_on,
    ),
)

Export(
    name="unions",
    label=gettext_lazy("工会组织名册"),
    purpose=PURPOSE,
    titles=[
        gettext_lazy("名称"),
        gettext_lazy("编号"),
        gettext_lazy("类型"),
        gettext_lazy("层级"),
        gettext_lazy("上级工会"),
        gettext_lazy("所在区划"),
        gettext_lazy("成立日期"),
        gettext_lazy("撤销日期"),
        gettext_lazy("本级会员"),
    ],
    rows=lambda actor, asked: organisation.unions_chosen(actor, asked.words, asked.unit),
    cells=lambda union: (
        union.name,
        union.number,
        UNION_KINDS[union.kind],
        UNION_LEVELS[union.level],
        union.parent and union.parent.name,
        union.region.name,
        union.founded_on,
        union.dissolved_on,
        union.member_count,
    ),
)

Export(
    name="employers",
    label=gettext_lazy("用人单位名册"),
    purpose=PURPOSE,
    titles=[
        gettext_lazy("单位名称"),
        gettext_lazy("统一社会信用代码"),
        gettext_lazy("归口工会"),
        gettext_lazy("所建工会"),
        gettext_lazy("所在区划"),
        gettext_lazy("行业"),
        gettext_lazy("单位性质"),
        gettext_lazy("职工人数"),
        gettext_lazy("状态"),
    ],
    rows=lambda actor, asked: employers_chosen(actor, asked.words, asked.filters.get("only", ""), asked.unit),
    cells=lambda employer: (
        employer.name,
        employer.uscc,
        employer.unit.name,
        employer.union.name if employer.union else _("没有建会"),
        employer.region.name,
        INDUSTRIES[employer.industry],
        EMPLOYER_KINDS[employer.kind],
        employer.staff_count,
        _("正常经营") if employer.is_operating else _("停业、注销"),
    ),
    filters=("only",),
    said=lambda asked: str(ONLY.get(asked.filters.get("only", ""), "")),
)


Export(
    name="blank-spots",
    label=gettext_lazy("空白点"),
    purpose=BUILDING,
    titles=[
        gettext_lazy("单位名称"),
        gettext_lazy("统一社会信用代码"),
        gettext_lazy("归口工会"),
        gettext_lazy("所在区划"),
        gettext_lazy("行业"),
        gettext_lazy("职工人数"),
        gettext_lazy("掌握日期"),
        gettext_lazy("最近联系"),
        gettext_lazy("建会工作"),
    ],
    rows=lambda actor, asked: blank_spots_visible_to(
        actor,
        unit=asked.unit,
        followed=asked.filters.get("followed", ""),
        staff_from=staff_asked(asked.filters.get("staff", "")),
        words=asked.words,
    ),
    cells=lambda employer: (
        employer.name,
        employer.uscc,
        employer.unit.name,
        employer.region.name,
        INDUSTRIES[employer.industry],
        employer.staff_count,
        employer.known_on,
        employer.last_contact_on,
        employer.case_number or "",
    ),
    filters=("followed", "staff"),
)


def _files(actor: Any, asked: Asked) -> Any:
    given = asked.filters
    return assistance.files_chosen(
        actor,
        words=asked.words,
        state=given.get("state", ""),
        overdue=given.get("overdue") == "1",
        only=given.get("only", ""),
        unit=asked.unit,
    )


def _said_of_files(asked: Asked) -> str:
    labels = dict(State.choices)
    said = [str(labels.get(asked.filters.get("state", ""), ""))]
    if asked.filters.get("overdue") == "1":
        said.append(_("已超期"))
    said.append(str(dict(Overlooked.choices).get(asked.filters.get("only", ""), "")))
    return _("、").join(one for one in said if one)


Export(
    name="hardship-files",
    label=gettext_lazy("困难职工档案"),
    purpose=ASSISTANCE,
    titles=[
        gettext_lazy("申请人"),
        gettext_lazy("编号"),
        gettext_lazy("证件号码"),
        gettext_lazy("承办工会"),
        gettext_lazy("致困原因"),
        gettext_lazy("困难类别"),
        gettext_lazy("共同生活人数"),
        gettext_lazy("家庭年收入"),
        gettext_lazy("状态"),
        gettext_lazy("申请日期"),
        gettext_lazy("期限"),
    ],
    rows=_files,
    cells=lambda file: (
        file.person.name,
        file.number,
        mask_id_number(file.person.id_number),
        file.unit.name,
        file.get_cause_display(),
        CATEGORIES.get(file.category, ""),
        file.household_size,
        formatted(file.yearly_income_amount),
        file.get_state_display(),
        file.applied_on,
        file.due_on,
    ),
    filters=("state", "overdue", "only"),
    said=_said_of_files,
)


@require_POST
def export(request: ActorRequest, name: str) -> HttpResponse:
    """The list as it stood on the page. By POST: it leaves a trace, and what was looked for may be personal."""
    from niangjia.web.jobs import export_list

    actor = staff(request)
    found = exports.export_named(name, actor)
    given = {key: request.POST[key] for key in (*found.filters, "unit") if request.POST.get(key)}
    asked = exports.asked_by(found, actor, given, words_asked(request))
    if exports.is_large(found, actor, asked):
        if asked.words:
            raise Refused(_("找到的超过 5,000 行，请先选一个下级工会，或多输几个字，再导出。"))
        key = f"{actor.user_id}:{name}:{sorted(given.items())}"[:200]
        export_list.enqueue(actor, key=key, name=name, given=given)
        messages.success(request, _("内容较多，正在后台导出。完成后在这一页“后台作业”里下载。"))
        return redirect("account")
    content, count = exports.write(found, actor, asked)
    exports.record(found, actor, asked, count)
    response = HttpResponse(content.getvalue(), content_type=XLSX.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{found.label}.xlsx") or "attachment"
    )
    response["Cache-Control"] = "private, no-store"
    return response
