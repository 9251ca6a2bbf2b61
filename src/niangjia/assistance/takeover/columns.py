"""The columns of files taken over, in the order of the former system's list."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.takeover.importer import TakeOver
from niangjia.assistance.takeover.rows import LISTS
from niangjia.kernel.sheets import Column, Kind, Sheet


def _list(name: str, title: Any, **given: Any) -> Column:
    return Column(name, title, choices=tuple(label for _value, label in LISTS[name]), **given)


def _day(name: str, title: Any, example: str) -> Column:
    return Column(name, title, Kind.DATE, example=example)


COLUMNS = (
    Column("name", _("姓名"), is_required=True, example="苏晓禾", longest=50),
    Column(
        "id_number",
        _("证件号码"),
        Kind.ID,
        is_required=True,
        example="990102199003070015",
        aliases=("身份证号", "身份证号码", "公民身份号码"),
        longest=30,
    ),
    Column(
        "head",
        _("申请人证件号码"),
        Kind.ID,
        note=_("只有家属的行填，填申请人的证件号码；申请人本人的行空着。"),
        longest=30,
    ),
    _list("relation", _("与申请人关系"), note=_("只有家属的行填。")),
    Column("unit", _("所属工会"), note=_("可不填；填了须与登记的一致，写名称或编号。"), example="青禾纺织厂工会"),
    Column("address", _("住址"), note=_("家庭还没有登记的，照此登记。")),
    Column("former_number", _("原系统编号"), example="530102-2025-0015", longest=40),
    _list("category", _("困难类别"), example="相对困难"),
    _list("cause", _("主要致困原因"), example="患病"),
    _list("second_cause", _("次要致困原因"), note=_("没有可不填。")),
    Column("household_size", _("共同生活人数"), Kind.NUMBER, example="3"),
    Column("yearly_income_amount", _("家庭年收入"), Kind.AMOUNT, example="36000"),
    Column("rigid_spending_amount", _("年刚性支出"), Kind.AMOUNT, example="24000"),
    Column("statement", _("困难情况"), example="爱人患病，家里一人上班。", longest=2000),
    _day("applied_on", _("申请日期"), "2025-09-01"),
    _day("notice_until", _("公示止"), "2025-09-26"),
    _day("approved_on", _("审批日期"), "2025-09-29"),
    _day("filed_on", _("建档日期"), "2025-09-30"),
    _day("expires_on", _("有效期止"), "2026-09-30"),
    Column("shelf_mark", _("档案盒号"), example="A-03-12", longest=40),
)  # fmt: skip

TAKE_OVER = Sheet(
    name="take-over",
    label=_("存量档案"),
    duty=CENTRE_CLERK,
    columns=COLUMNS,
    importer=TakeOver,
    help=_("原系统里在册的困难职工家庭，一行一人：先申请人，下面是家属。移入后由另一人确认。"),
    notes=(
        _(
            "申请人的行，除所属工会、住址和次要致困原因外都要填；家属的行只填姓名、证件号码、申请人证件号码和关系。"
        ),
        _("申请人须已登记为职工；没有的，先上传“会员花名册”。"),
        _("日期照原档案填写。有效期已过的不移入，请重新申请。"),
        _("原系统里的授权不带过来：以后要核对家庭经济状况，须请家庭重新签授权书。"),
    ),
    route="hardship_files",
)
