"""会籍: one person in one union, from the day of joining until the day of leaving."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.workflow import WorkflowRow
from niangjia.membership.kinds import (
    Employment,
    LeavingReason,
    MemberState,
    NewEmployment,
    RetentionReason,
)
from niangjia.membership.models.people import Person
from niangjia.organisation.models import Employer, UnionBody

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Member(WorkflowRow):
    """会员: a stay in one union. A transfer ends the stay and begins the next under the same number.

    The old union's row stays with it, so that it still sees who was its member until when. A new row is active
    without a task, so rosters are inserted in bulk.

    Personal data: that somebody is a union member, and their work. Kept ten years after leaving.
    """

    unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="members", verbose_name=_("所属工会"))
    number = models.CharField(_("会员编号"), max_length=30)
    # Counts the stays under one number, the first is 1.
    stint = models.PositiveSmallIntegerField(_("第几段会籍"), default=1, editable=False)
    state = models.CharField(
        _("状态"), max_length=20, choices=MemberState.choices, default=MemberState.ACTIVE
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="memberships", verbose_name=_("人员"), db_index=False
    )
    employer = models.ForeignKey(
        Employer, models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("工作单位")
    )
    occupation = models.CharField(_("工种或职务"), max_length=40, blank=True)
    employment = models.CharField(_("用工形式"), max_length=20, choices=Employment.choices, blank=True)
    new_employment = models.CharField(
        _("新就业形态"), max_length=20, choices=NewEmployment.choices, blank=True
    )
    is_migrant = models.BooleanField(_("农民工"), default=False)
    joined_on = models.DateField(_("入会日期"))
    retained_on = models.DateField(_("保留会籍日期"), null=True, blank=True)
    left_on = models.DateField(_("离会日期"), null=True, blank=True)
    # Why the membership is retained or over.
    reason = models.CharField(
        _("保留或离会原因"),
        max_length=20,
        choices=[*RetentionReason.choices, *LeavingReason.choices],
        blank=True,
    )

    class Meta:
        verbose_name = _("会员")
        verbose_name_plural = _("会员")
        constraints = [
            models.UniqueConstraint(fields=["number", "stint"], name="member_number_once_a_stint"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(left_on=None), name="member_one_current_per_person"
            ),
            models.CheckConstraint(condition=Q(state__in=MemberState.values), name="member_state_known"),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="member_period_holds"
            ),
            models.CheckConstraint(
                condition=Q(state=MemberState.LEFT, left_on__isnull=False, reason__in=LeavingReason.values)
                | (~Q(state=MemberState.LEFT) & Q(left_on=None)),
                name="member_left_has_day_and_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=MemberState.RETAINED)
                | Q(retained_on__isnull=False, reason__in=RetentionReason.values),
                name="member_retained_has_day_and_reason",
            ),
        ]
        indexes = [
            # A search that goes through people by name asks of each where they are a member, and nothing more.
            models.Index(fields=["person", "unit", "id"], name="member_whose_and_where"),
            # Few memberships have a deadline: the clock finds them without reading a million rows.
            models.Index(fields=["due_on"], condition=Q(due_on__isnull=False), name="member_due"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.number}"

    # Django's own, here and below, translate and hash every choice at each call.
    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(MemberState(self.state).label)

    @property
    def reason_label(self) -> "StrOrPromise":
        labels = {**dict(RetentionReason.choices), **dict(LeavingReason.choices)}
        return labels.get(self.reason, "")
