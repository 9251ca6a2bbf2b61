"""家庭情况 and 家庭成员 of a file. Rows are never rewritten: the latest statement holds, a member is ended."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.circumstances import kinds
from niangjia.kernel import clock
from niangjia.kernel.fields import EncryptedTextField
from niangjia.kernel.money import MoneyField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _one_of(label: "StrOrPromise", choices: type[models.TextChoices]) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=20, choices=choices.choices, blank=True)


class Circumstances(models.Model):
    """One statement about a family: everything known up to then, with who said it and when.

    Personal data: health, disability and bank card are sealed; income and property of a family. Basis: the
    application; kept as long as the file.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(
        "assistance.HardshipFile", models.PROTECT, related_name="circumstances", verbose_name=_("档案")
    )
    teller = models.CharField(_("来源"), max_length=10, choices=kinds.Teller.choices)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("填写人")
    )
    told_at = models.DateTimeField(_("填写时间"), default=clock.now)

    health = EncryptedTextField(_("健康状况"), blank=True, default="")
    disability = EncryptedTextField(_("残疾类别"), blank=True, default="")
    disability_level = EncryptedTextField(_("残疾级别"), blank=True, default="")
    insurance = _one_of(_("医保状况"), kinds.Insurance)

    work_state = _one_of(_("工作状态"), kinds.WorkState)
    model_worker = _one_of(_("劳模类型"), kinds.ModelWorker)
    unit_state = _one_of(_("企业状况"), kinds.UnitState)
    employed_on = models.DateField(_("参加工作或建立劳动关系日期"), null=True)
    own_monthly_amount = MoneyField(_("本人月均收入"), null=True)
    other_income_amount = MoneyField(_("家庭其他年收入"), null=True)
    self_help = _one_of(_("自救能力"), kinds.SelfHelp)
    no_one_works = models.BooleanField(_("零就业家庭"), null=True)

    tenure = _one_of(_("住房类型"), kinds.Tenure)
    area = _one_of(_("住房面积"), kinds.Area)
    homes = models.PositiveSmallIntegerField(_("住房套数"), null=True)
    lives_in_city = models.BooleanField(_("在城镇居住"), null=True)
    has_car = models.BooleanField(_("有非营运汽车"), null=True)
    has_business = models.BooleanField(_("有商铺或雇工"), null=True)

    single_parent = models.BooleanField(_("单亲家庭"), null=True)
    private_school = models.BooleanField(_("子女就读私立学校"), null=True)
    private_fee_amount = MoneyField(_("私立学校一年学费"), null=True)
    public_fee_amount = MoneyField(_("同级公办学校一年学费"), null=True)
    studies_abroad = models.BooleanField(_("子女自费留学"), null=True)

    receives_relief = models.BooleanField(_("正享受政府救助"), null=True)
    still_poor = models.BooleanField(_("救助后仍困难"), null=True)
    months_below_line = models.PositiveSmallIntegerField(_("收入低于低保线的月数"), null=True)
    struck_by_disaster = models.BooleanField(_("因灾害或事故伤亡"), null=True)
    sudden_illness = models.BooleanField(_("突发意外或重病"), null=True)
    accident_cost_amount = MoneyField(_("一年意外或重病自付支出"), null=True)

    bank = models.CharField(_("开户银行"), max_length=50, blank=True)
    branch = models.CharField(_("开户支行"), max_length=80, blank=True)
    card_number = EncryptedTextField(_("银行卡号"), blank=True, default="")

    class Meta:
        verbose_name = _("家庭情况")
        verbose_name_plural = _("家庭情况")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.file.number} {self.told_at:%Y-%m-%d}"


class FamilyMember(models.Model):
    """家庭成员 of a file, as the family named them. Personal data: name and ID number, both sealed; school, income."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(
        "assistance.HardshipFile", models.PROTECT, related_name="members", verbose_name=_("档案")
    )
    name = EncryptedTextField(_("姓名"))
    relation = models.CharField(_("与申请人关系"), max_length=12, choices=kinds.Kin.choices)
    id_number = EncryptedTextField(_("证件号码"), blank=True, default="")
    identity = models.CharField(_("身份"), max_length=12, choices=kinds.Identity.choices)
    monthly_amount = MoneyField(_("月收入"))
    school = EncryptedTextField(_("就读学校"), blank=True, default="")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("填写人")
    )
    added_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(_("不再列入时间"), null=True)

    class Meta:
        verbose_name = _("申请家庭成员")
        verbose_name_plural = _("申请家庭成员")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.file.number} {self.get_relation_display()}"
