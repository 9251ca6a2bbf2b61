"""Column and constraint shapes that several tables of the organisation share."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def public_id() -> Any:
    return models.UUIDField(_("公开标识"), default=uuid.uuid4, unique=True, editable=False)


def period_holds(name: str, first: str, last: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        violation_error_message=_("结束日期不能早于开始日期。"),
    )
