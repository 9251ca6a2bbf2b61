"""The shapes of answers. Money is a string with two decimals, days are ISO dates, ids are public ones."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema

from niangjia.web.api.family_rows import EconomicCheck


class Unit(Schema):
    number: str
    name: str


class Member(Schema):
    """ID number and phone are masked."""

    id: UUID
    number: str
    name: str
    id_number: str
    phone: str
    unit: Unit
    employer: str | None
    joined_on: date
    left_on: date | None


class Union(Schema):
    id: UUID
    number: str
    name: str
    kind: str
    level: str
    region: str
    founded_on: date
    dissolved_on: date | None
    member_count: int


class Employer(Schema):
    id: UUID
    name: str
    uscc: str
    unit: Unit
    union: str | None
    region: str
    industry: str
    kind: str
    staff_count: int
    is_operating: bool


class DocumentKind(Schema):
    """`about` is the kind of row that it is printed of, or issued about."""

    name: str
    label: str
    about: str
    is_numbered: bool


class IssuedDocument(Schema):
    """A letter as it was issued; `number` is what it bears."""

    id: UUID
    letter: str
    label: str
    number: str
    unit: Unit
    issued_at: datetime
    issued_by: str
    is_void: bool


class EmployerPeriod(Schema):
    """What an employer was, from a day until a day, both inclusive; `until_on` null: still."""

    from_on: date
    until_on: date | None
    name: str
    region: str
    industry: str
    kind: str
    head: str
    staff_count: int
    is_operating: bool
    reason: str


class Parameter(Schema):
    """A period; `region` null: everywhere."""

    name: str
    label: str
    region: str | None
    value: int | bool | str
    valid_from: date
    valid_to: date | None
    source: str


class Post(Schema):
    id: UUID
    duty: str
    label: str
    unit: Unit
    holder: str
    from_on: date
    until_on: date | None


class Delegation(Schema):
    id: UUID
    post: Post
    delegate: str
    from_on: date
    until_on: date
    has_ended: bool
    reason: str


class Grant(Schema):
    """What a post opens today; `acting_for`: the colleague whose post it is."""

    duty: str
    unit: str
    acting_for: str


class Me(Schema):
    """`has_posts` is false for whoever came by phone code, whatever posts the account holds."""

    username: str
    name: str
    has_posts: bool
    posts: list[Grant]


class Task(Schema):
    """`url` is the case."""

    workflow: str
    workflow_label: str
    case: UUID
    number: str
    whose: str
    state: str
    state_label: str
    due_on: date | None
    is_return: bool
    url: str


class Job(Schema):
    """`share`: 0 to 1, null while the total is unknown."""

    id: UUID
    name: str
    label: str
    state: str
    state_label: str
    share: float | None
    created_at: datetime
    finished_at: datetime | None
    error: str


class Step(Schema):
    """A step out of the present state; `refusal`: why you may not take it, null if you may."""

    name: str
    label: str
    refusal: str | None


class Moment(Schema):
    at: datetime
    label: str
    by: str
    acting_for: str
    remark: str


class Attachment(Schema):
    id: UUID
    kind: str
    kind_label: str
    media_type: str
    size: int
    url: str


class Visit(Schema):
    """`housing` and `conclusion` are empty on records from before they were asked."""

    id: UUID
    visited_on: date
    companion: str
    household_size: int
    yearly_income_amount: str
    housing: str
    has_spare_home: bool
    has_vehicle: bool
    has_business: bool
    has_large_savings: bool
    findings: str
    conclusion: str
    came_by: str
    recorded_by: str
    recorded_at: datetime


class Income(Schema):
    """`monthly_amount`: per head. `id`: of a row that may be struck; the rest stands elsewhere in the file."""

    id: UUID | None
    as_of: date
    household_size: int
    yearly_income_amount: str
    monthly_amount: str
    source: str


class HardshipFile(Schema):
    id: UUID
    number: str
    state: str
    state_label: str
    version: int
    due_on: date | None
    person: str
    unit: Unit
    cause: str
    category: str
    applied_on: date


class ByRules(Schema):
    """What the recognition rules make of a file, and why; `category` is empty unless they decide for one."""

    category: str
    verdict: str
    missing: list[str]
    explanation: str


class WholeHardshipFile(HardshipFile):
    origin: str
    former_number: str
    second_cause: str
    predecessor: str | None
    household_size: int
    yearly_income_amount: str
    rigid_spending_amount: str
    statement: str
    notice_from: date | None
    notice_until: date | None
    approved_on: date | None
    filed_on: date | None
    shelf_mark: str
    page_count: int | None
    expires_on: date | None
    renewed_on: date | None
    leaving_reason: str
    left_on: date | None
    temporary_help_on: date | None
    visits: list[Visit]
    checks: list[EconomicCheck]
    by_rules: ByRules | None
    category_reason: str
    incomes: list[Income]
    attachments: list[Attachment]
    steps: list[Step]
    history: list[Moment]


class Case(Schema):
    """What every case of a workflow has; `unit` has it on the desk."""

    id: UUID
    number: str
    state: str
    state_label: str
    version: int
    due_on: date | None
    unit: Unit


class Work(Schema):
    occupation: str
    employment: str
    new_employment: str
    is_migrant: bool
    employer: str | None


class MembershipApplication(Case):
    person: str
    workplace: str
    applied_on: date


class WholeMembershipApplication(MembershipApplication, Work):
    """`member`: the number that was given on admission."""

    pool: Unit | None
    region: str | None
    decided_on: date | None
    member: str | None
    steps: list[Step]
    history: list[Moment]


class Membership(Case):
    """One stay in one union; `stint` counts the stays under one number."""

    stint: int
    person: str
    joined_on: date
    retained_on: date | None
    left_on: date | None
    reason: str


class WholeMembership(Membership, Work):
    steps: list[Step]
    history: list[Moment]


class Transfer(Case):
    person: str
    from_unit: Unit
    to_unit: Unit
    requested_on: date
    released_on: date | None


class WholeTransfer(Transfer):
    """`member`: the member number, which goes along."""

    member: str
    workplace: str
    employer: str | None
    is_at_residence: bool
    steps: list[Step]
    history: list[Moment]
