"""Input to the organisation's actions, checked the same way for pages and API."""

from niangjia.organisation.forms.employers import EmployerForm, Known
from niangjia.organisation.forms.fields import (
    NO_ACCOUNT,
    NO_REGION,
    NO_UNION,
    ActionForm,
    RowField,
    UnionField,
    checked,
)
from niangjia.organisation.forms.posts import AccountForm, AppointForm, DelegateForm, EndPostForm, EngageForm
from niangjia.organisation.forms.rules import ParameterForm, RegionForm
from niangjia.organisation.forms.unions import (
    DissolveUnionForm,
    FoundUnionForm,
    MoveUnionForm,
    RenameUnionForm,
    UnionForm,
)

__all__ = [
    "NO_ACCOUNT",
    "NO_REGION",
    "NO_UNION",
    "AccountForm",
    "ActionForm",
    "AppointForm",
    "DelegateForm",
    "DissolveUnionForm",
    "EmployerForm",
    "EndPostForm",
    "EngageForm",
    "FoundUnionForm",
    "Known",
    "MoveUnionForm",
    "ParameterForm",
    "RegionForm",
    "RenameUnionForm",
    "RowField",
    "UnionField",
    "UnionForm",
    "checked",
]
