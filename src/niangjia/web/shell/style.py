"""Plausible content for the style page. Every name and number is invented."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import CHINA
from niangjia.kernel.users import User
from niangjia.web.shell import navigation
from niangjia.web.shell.keyset import Page
from niangjia.web.shell.navigation import Entry
from niangjia.web.shell.parts import Choice, Moment, Step, Tone
from niangjia.web.shell.posts import HeldPost

WAITING: Tone = "waiting"


@dataclass(frozen=True)
class SampleFile:
    number: str
    name: str
    unit: str
    category: str
    state: str
    tone: Tone
    due_on: date | None
    income: str


class SampleForm(forms.Form):
    name = forms.CharField(label=_("姓名"))
    id_number = forms.CharField(
        label=_("身份证号"), help_text=_("18 位；填好后自动带出出生日期、性别和籍贯。")
    )
    reason = forms.ChoiceField(
        label=_("致困主因"),
        choices=[
            ("", _("请选择")),
            ("illness", _("本人或家属患病")),
            ("layoff", _("下岗失业")),
            ("study", _("子女上学")),
        ],
    )
    income = forms.DecimalField(label=_("家庭月收入（元）"), min_value=0, decimal_places=2)
    shares_home = forms.ChoiceField(
        label=_("是否与父母同住"), choices=[("yes", _("是")), ("no", _("否"))], widget=forms.RadioSelect
    )
    story = forms.CharField(
        label=_("家庭情况"),
        widget=forms.Textarea,
        help_text=_("简要说明困难原因和目前的花费。"),
        required=False,
    )
    photo = forms.FileField(
        label=_("病历或收据照片"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "data-shrink": ""}),
    )
    agrees = forms.BooleanField(label=_("我同意工会为核实困难情况，向民政、医保部门查询家庭收入和医疗支出。"))


def context(request: HttpRequest, house: str) -> dict[str, Any]:
    here = request.path
    return {
        "navigation": _navigation(here),
        "tabs": _tabs(here),
        "posts": [
            HeldPost(str(_("困难帮扶经办")), "枫林街道总工会"),
            HeldPost(str(_("困难帮扶审核")), "东桥区总工会", "程远舟"),
        ],
        "actor": Actor(User(name="苏晓禾")),
        "search_url": here,
        "files": _files(),
        "page": Page([], "eyJzYW1wbGUiOjF9"),
        "chips": [
            Choice(str(_("全部")), here, is_current=True, count=128),
            Choice(str(_("待初审")), f"{here}?state=applied", count=9),
            Choice(str(_("公示中")), f"{here}?state=on-notice", count=14),
            Choice(str(_("已退回")), f"{here}?state=returned", count=3),
        ],
        "kinds": [
            Choice(str(_("概况")), here, is_current=True),
            Choice(str(_("家庭成员")), f"{here}?part=family", count=3),
            Choice(str(_("附件")), f"{here}?part=files", count=6),
            Choice(str(_("经过")), f"{here}?part=history"),
        ],
        "steps": _steps(),
        "moments": _moments(),
        "form": SampleForm(),
        "wrong_form": _wrong_form(),
        "today": clock.today(),
        "houses": [reverse("style"), reverse("style_house", args=["portal"])],
    }


def _navigation(here: str) -> list[Entry]:
    counts = {"inbox": 7}
    return [
        Entry(
            e.label,
            e.route,
            e.icon,
            url=f"{here}#{e.route}",
            is_current=e.route == "hardship_files",
            count=counts.get(e.route),
        )
        for e in navigation.WORKBENCH
    ]


def _tabs(here: str) -> list[Entry]:
    return [
        Entry(e.label, e.route, e.icon, url=f"{here}#{e.route}", is_current=e.route == "portal_home")
        for e in navigation.PORTAL
    ]


def _files() -> list[SampleFile]:
    today = clock.today()
    return [
        SampleFile(
            "KN-2026-000318",
            "柳青萍",
            "青禾纺织厂工会",
            str(_("低收入")),
            str(_("待初审")),
            "active",
            today - timedelta(days=5),
            "2310.00",
        ),
        SampleFile(
            "KN-2026-000317",
            "沈望川",
            "柳塘街道快递员联合工会",
            str(_("意外致困")),
            str(_("待入户核查")),
            "active",
            today,
            "1860.50",
        ),
        SampleFile(
            "KN-2026-000309",
            "林知秋",
            "枫林农贸市场工会",
            str(_("深度困难")),
            str(_("公示中")),
            "waiting",
            today + timedelta(days=9),
            "0",
        ),
        SampleFile(
            "KN-2026-000296",
            "韩若谷",
            "石泉采石场工会",
            str(_("相对困难")),
            str(_("已退回补正")),
            "bad",
            None,
            "3025.00",
        ),
        SampleFile(
            "KN-2026-000288",
            "唐明溪",
            "安居楼区工会",
            str(_("低收入")),
            str(_("已建档")),
            "good",
            None,
            "1402.00",
        ),
    ]


def _steps() -> list[Step]:
    return [
        Step(str(_("提交申请")), "done", date(2026, 11, 3)),
        Step(str(_("基层工会初审")), "done", date(2026, 11, 6), str(_("材料齐全"))),
        Step(str(_("入户核查")), "done", date(2026, 11, 12)),
        Step(str(_("公示")), "current", None, str(_("11月16日起 5 个工作日，无异议后自动进入下一步"))),
        Step(str(_("区总工会审批")), "todo"),
        Step(str(_("建档")), "todo"),
    ]


def _moments() -> list[Moment]:
    return [
        Moment(datetime(2026, 11, 16, 9, 2, tzinfo=CHINA), str(_("开始公示")), "程远舟", acting_for="许安然"),
        Moment(
            datetime(2026, 11, 12, 15, 40, tzinfo=CHINA),
            str(_("完成入户核查")),
            "宋雨桐",
            note=str(_("两居室，老人卧床，药费单据与申报一致。")),
        ),
        Moment(datetime(2026, 11, 6, 10, 15, tzinfo=CHINA), str(_("初审通过")), "苏晓禾"),
        Moment(datetime(2026, 11, 3, 20, 31, tzinfo=CHINA), str(_("提交申请")), "林知秋"),
    ]


def _wrong_form() -> SampleForm:
    given = {"name": "林知秋", "id_number": "11010119900101", "income": "-3", "reason": "illness"}
    form = SampleForm({f"wrong-{name}": value for name, value in given.items()}, prefix="wrong")
    form.add_error("id_number", _("身份证号应为 18 位，您填了 14 位，请对照身份证核对。"))
    form.is_valid()
    return form
