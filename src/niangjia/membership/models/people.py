"""人员 and 家庭: who people are and whom they live with."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.fields import BlindIndexField, EncryptedTextField, OrderedCharField, SealedModel
from niangjia.membership.ethnicity import Ethnicity
from niangjia.membership.identity import IdentityKind, normalise
from niangjia.membership.kinds import (
    Education,
    MaritalStatus,
    PoliticalStatus,
    Residency,
    Sex,
    SkillLevel,
)
from niangjia.organisation.models import UnionBody
from niangjia.organisation.phones import normalise_phone


class Person(SealedModel):
    """人员: one row per natural person in the whole tree.

    Personal data: name, ID number, phone, e-mail, birth date, sex and what the register asks for. Basis: duty of the
    union under its law and the person's consent at registration; kept while a membership or file lives and ten years
    after.
    """

    unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="people", verbose_name=_("登记工会"))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="person", verbose_name=_("账号")
    )
    name = OrderedCharField(_("姓名"), max_length=50)
    pinyin = OrderedCharField(_("拼音"), max_length=120, editable=False)
    initials = OrderedCharField(_("拼音首字母"), max_length=30, editable=False)
    sex = models.CharField(_("性别"), max_length=6, choices=Sex.choices)
    born_on = models.DateField(_("出生日期"))
    id_kind = models.CharField(_("证件类型"), max_length=20, choices=IdentityKind.choices)
    id_number = EncryptedTextField(_("证件号码"))
    # The day on which a clerk compared the register with the document itself.
    identity_checked_on = models.DateField(_("证件核验日期"), null=True, blank=True, editable=False)
    id_number_index = BlindIndexField(of="id_number", normalise=normalise, unique=True)
    phone = EncryptedTextField(_("手机号"), blank=True, default="")
    phone_index = BlindIndexField(of="phone", normalise=normalise_phone, null=True, db_index=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    ethnicity = models.CharField(_("民族"), max_length=2, choices=Ethnicity.choices, blank=True)
    political_status = models.CharField(
        _("政治面貌"), max_length=2, choices=PoliticalStatus.choices, blank=True
    )
    education = models.CharField(_("文化程度"), max_length=2, choices=Education.choices, blank=True)
    skill_level = models.CharField(_("技术等级"), max_length=10, choices=SkillLevel.choices, blank=True)
    residency = models.CharField(_("户籍类型"), max_length=20, choices=Residency.choices, blank=True)
    marital_status = models.CharField(_("婚姻状况"), max_length=2, choices=MaritalStatus.choices, blank=True)
    accepts_messages = models.BooleanField(_("接收进度短信"), default=True)
    created_at = models.DateTimeField(_("登记时间"), default=clock.now, editable=False)
    # A tombstone: this registration turned out to be somebody's second one. Its numbers lead to the one kept.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="merged",
        verbose_name=_("已并入"),
        db_index=False,
        editable=False,
    )

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        indexes = [
            # With the key, in which the search goes on among namesakes: it need not look at a person.
            models.Index(fields=["name", "id"], name="person_name"),
            models.Index(fields=["pinyin", "id"], name="person_pinyin"),
            models.Index(fields=["initials", "id"], name="person_initials"),
            # Those who share a birthday and a reading of their name stand together (duplicates).
            models.Index(fields=["born_on", "pinyin"], name="person_birth_reading"),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_tombstones"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="person_not_own_tombstone")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def age(self) -> int:
        today = clock.today()
        return (
            today.year
            - self.born_on.year
            - ((today.month, today.day) < (self.born_on.month, self.born_on.day))
        )


class Household(models.Model):
    """家庭: people who live on one purse. Personal data: the address."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="households", verbose_name=_("登记工会"))
    address = EncryptedTextField(_("住址"), blank=True, default="")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("家庭")
        verbose_name_plural = _("家庭")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class HouseholdMembership(models.Model):
    """家庭成员关系, dated: a person belongs to one household at a time. Personal data: kinship."""

    class Relation(models.TextChoices):
        HEAD = "head", _("户主")
        SPOUSE = "spouse", _("配偶")
        CHILD = "child", _("子女")
        PARENT = "parent", _("父母")
        OTHER = "other", _("其他")

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="memberships", verbose_name=_("家庭")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="households", verbose_name=_("人员"))
    relation = models.CharField(_("与户主关系"), max_length=10, choices=Relation.choices)
    from_on = models.DateField(_("起"), default=clock.today)
    until_on = models.DateField(_("止"), null=True)

    class Meta:
        verbose_name = _("家庭成员")
        verbose_name_plural = _("家庭成员")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until_on=None), name="household_one_current_per_person"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
                name="household_period_holds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_relation_display()}"

    def get_relation_display(self) -> str:  # type: ignore[no-redef]
        """Not Django's own, which translates and hashes every choice for each row."""
        return str(self.Relation(self.relation).label)
