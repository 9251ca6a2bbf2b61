"""The columns of the roster, in the order of the paper register."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.sheets import Column, Kind, Sheet
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.ethnicity import Ethnicity
from niangjia.membership.kinds import (
    Education,
    Employment,
    MaritalStatus,
    NewEmployment,
    PoliticalStatus,
    Residency,
    Sex,
    SkillLevel,
)
from niangjia.membership.roster.importer import Roster
from niangjia.membership.roster.rows import NO, YES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _words(choices: "Sequence[tuple[str, StrOrPromise]]") -> "tuple[StrOrPromise, ...]":
    return tuple(label for _value, label in choices)


COLUMNS = (
    Column(
        "name", _("姓名"), is_required=True, note=_("与证件一致，不加空格。"), example="苏晓禾", longest=50
    ),
    Column(
        "id_number",
        _("证件号码"),
        Kind.ID,
        is_required=True,
        note=_("居民身份证、港澳台居民居住证或外国人永久居留身份证，18 位。"),
        example="990102199003070015",
        aliases=("身份证号", "身份证号码", "公民身份号码"),
        longest=30,
    ),
    Column(
        "sex",
        _("性别"),
        choices=_words(Sex.choices),
        note=_("可不填，由证件号码得出；填了须一致。"),
        example="女",
    ),
    Column(
        "born_on",
        _("出生日期"),
        Kind.DATE,
        note=_("可不填，由证件号码得出；填了须一致。"),
        example="1990-03-07",
    ),
    Column(
        "phone",
        _("手机号"),
        Kind.PHONE,
        aliases=("手机", "联系电话", "手机号码"),
        example="15400000015",
        longest=20,
    ),
    Column("ethnicity", _("民族"), choices=_words(Ethnicity.choices), example="汉族"),
    Column("political_status", _("政治面貌"), choices=_words(PoliticalStatus.choices), example="群众"),
    Column(
        "education", _("文化程度"), choices=_words(Education.choices), aliases=("学历",), example="大学专科"
    ),
    Column("marital_status", _("婚姻状况"), choices=_words(MaritalStatus.choices), example="已婚"),
    Column("residency", _("户籍类型"), choices=_words(Residency.choices), example="本地城镇"),
    Column("is_migrant", _("农民工"), choices=(YES, NO), note=_("不填视为否。"), example="否"),
    Column(
        "unit",
        _("所属工会"),
        note=_("工会名称或编号，须在上传工会的辖区内。不填时为工作单位所建工会，没有则为上传工会。"),
        example="青禾纺织厂工会",
        aliases=("所在工会", "基层工会"),
    ),
    Column("employer", _("工作单位"), note=_("已登记的单位名称；没有单位的可不填。"), example="青禾纺织厂"),
    Column(
        "uscc",
        _("统一社会信用代码"),
        Kind.ID,
        note=_("填了以代码为准；同名单位必须填。"),
        example="91990102MA00000015",
        aliases=("信用代码",),
        longest=30,
    ),
    Column("employment", _("用工形式"), choices=_words(Employment.choices), example="劳动合同"),
    Column(
        "new_employment",
        _("新就业形态"),
        choices=_words(NewEmployment.choices),
        note=_("不属于新就业形态的不填。"),
    ),
    Column("occupation", _("工种或职务"), example="挡车工", longest=40),
    Column("skill_level", _("技术等级"), choices=_words(SkillLevel.choices), example="中级工"),
    Column("email", _("电子邮箱"), longest=100),
    Column(
        "joined_on", _("入会日期"), Kind.DATE, is_required=True, note=_("不晚于今天。"), example="2024-05-01"
    ),
)

ROSTER = Sheet(
    name="roster",
    label=_("会员花名册"),
    duty=MEMBERSHIP_CLERK,
    columns=COLUMNS,
    importer=Roster,
    help=_("一行一位会员。新的登记入会，已在本工会的更新所填各项，其余只核对、不改动。"),
    notes=(
        _("带 * 的列必填。没有的列可以整列删去，列的次序不限，另加的列会被忽略。"),
        _("空着的格子不会清掉已登记的内容。"),
        _("姓名、证件号码有误的，请由所属工会更正；换工会的，请办会籍接转。"),
    ),
    route="members",
)
