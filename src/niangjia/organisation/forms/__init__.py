"""Input to the organisation's actions, checked the same way for pages and API."""

from niangjia.organisation.forms.committees import (
    DisbandForm,
    EndOfficerForm,
    EstablishForm,
    OfficerForm,
    RepresentativeForm,
    TermForm,
)
from niangjia.organisation.forms.employers import EmployerForm, Known
from niangjia.organisation.forms.fields import (
    NO_ACCOUNT,
    NO_REGION,
    NO_UNION,
    ActionForm,
    Examiner,
    PhoneField,
    RowField,
    UnionField,
    checked,
)
from niangjia.organisation.forms.histories import (
    ChangeEmployerForm,
    CloseEmployerForm,
    ContactForm,
    MergeEmployerForm,
    ReopenEmployerForm,
)
from niangjia.organisation.forms.points import (
    CellForm,
    ClosePointForm,
    EndCellForm,
    GridWorkerForm,
    PointForm,
    ReopenPointForm,
    SpecialHoursForm,
)
from niangjia.organisation.forms.posts import AccountForm, AppointForm, DelegateForm, EndPostForm, EngageForm
from niangjia.organisation.forms.rules import ParameterForm, RegionForm
from niangjia.organisation.forms.seats import CorrectPhoneForm, EndSeatForm, SeatForm
from niangjia.organisation.forms.teams import TeamForm, TeamMemberForm
from niangjia.organisation.forms.unions import (
    DissolveUnionForm,
    FoundUnionForm,
    MarkUnionForm,
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
    "CellForm",
    "ChangeEmployerForm",
    "CloseEmployerForm",
    "ClosePointForm",
    "ContactForm",
    "CorrectPhoneForm",
    "DelegateForm",
    "DisbandForm",
    "DissolveUnionForm",
    "EmployerForm",
    "EndCellForm",
    "EndOfficerForm",
    "EndPostForm",
    "EndSeatForm",
    "EngageForm",
    "EstablishForm",
    "Examiner",
    "FoundUnionForm",
    "GridWorkerForm",
    "Known",
    "MarkUnionForm",
    "MergeEmployerForm",
    "MoveUnionForm",
    "OfficerForm",
    "ParameterForm",
    "PhoneField",
    "PointForm",
    "RegionForm",
    "RenameUnionForm",
    "ReopenEmployerForm",
    "ReopenPointForm",
    "RepresentativeForm",
    "RowField",
    "SeatForm",
    "SpecialHoursForm",
    "TeamForm",
    "TeamMemberForm",
    "TermForm",
    "UnionField",
    "UnionForm",
    "checked",
]
