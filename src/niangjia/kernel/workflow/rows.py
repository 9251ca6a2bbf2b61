"""What every row that goes through a workflow has."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock


class WorkflowRow(models.Model):
    """A case. The subclass brings `number`, `State` (TextChoices) and `state`; only the engine assigns `state`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(
        settings.UNIT_MODEL, models.PROTECT, related_name="+", verbose_name=_("承办工会")
    )
    state_since = models.DateTimeField(_("进入本状态时间"), default=clock.now, editable=False)
    due_on = models.DateField(_("办理期限"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
