"""导出 of villages, of cadres posted there, and of dividends."""

from django.utils.translation import gettext_lazy

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.villages import queries
from niangjia.assistance.villages.kinds import DividendState, PostingState, VillageState
from niangjia.web.shell.exports import Export
from niangjia.web.workbench.twinning_lists import list_asked, list_said
from niangjia.web.workbench.union_cases import FILTERS, money

Export(
    name="paired-villages",
    label=gettext_lazy("帮扶村"),
    purpose=ASSISTANCE,
    titles=[
        gettext_lazy("编号"),
        gettext_lazy("帮扶工会"),
        gettext_lazy("所在乡镇"),
        gettext_lazy("村名"),
        gettext_lazy("状态"),
        gettext_lazy("帮扶开始"),
        gettext_lazy("帮扶到期"),
        gettext_lazy("结束日期"),
        gettext_lazy("全村户数"),
        gettext_lazy("第一书记"),
        gettext_lazy("产业面积（亩）"),
        gettext_lazy("本年度资金"),
        gettext_lazy("本年度分红"),
    ],
    rows=lambda actor, asked: queries.villages_chosen(actor, list_asked(asked)),
    cells=lambda row: (
        row.number,
        row.unit.name,
        row.town.name,
        row.name,
        row.get_state_display(),
        row.from_on,
        row.until_on,
        row.ended_on,
        row.households,
        row.secretary,
        row.area or 0,
        money(row.given),
        money(row.shared),
    ),
    filters=FILTERS,
    said=lambda asked: list_said(asked, dict(VillageState.choices)),
)

Export(
    name="village-postings",
    label=gettext_lazy("驻村任职"),
    purpose=ASSISTANCE,
    titles=[
        gettext_lazy("编号"),
        gettext_lazy("帮扶村"),
        gettext_lazy("驻村干部"),
        gettext_lazy("驻村职务"),
        gettext_lazy("派出工会"),
        gettext_lazy("状态"),
        gettext_lazy("任期开始"),
        gettext_lazy("任期届满"),
        gettext_lazy("离任日期"),
    ],
    rows=lambda actor, asked: queries.postings_chosen(actor, list_asked(asked)),
    cells=lambda row: (
        row.number,
        str(row.village),
        row.officer.name,
        row.get_role_display(),
        row.unit.name,
        row.get_state_display(),
        row.from_on,
        row.until_on,
        row.ended_on,
    ),
    filters=FILTERS,
    said=lambda asked: list_said(asked, dict(PostingState.choices)),
)

Export(
    name="village-dividends",
    label=gettext_lazy("村集体分红"),
    purpose=ASSISTANCE,
    titles=[
        gettext_lazy("编号"),
        gettext_lazy("帮扶村"),
        gettext_lazy("帮扶工会"),
        gettext_lazy("分红年度"),
        gettext_lazy("分红金额"),
        gettext_lazy("分红户数"),
        gettext_lazy("状态"),
        gettext_lazy("确认日期"),
    ],
    rows=lambda actor, asked: queries.dividends_chosen(actor, list_asked(asked)),
    cells=lambda row: (
        row.number,
        str(row.village),
        row.unit.name,
        row.year,
        money(row.amount),
        row.households,
        row.get_state_display(),
        row.confirmed_on,
    ),
    filters=FILTERS,
    said=lambda asked: list_said(asked, dict(DividendState.choices)),
)
