"""The shapes of answers about an organisation's bodies, service points, grid and teams, as `rows` for the rest."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema

from niangjia.web.api.rows import Unit


class Committee(Schema):
    """One term. `ended_on` null: in office, even when `until_on` has passed."""

    id: UUID
    unit: Unit
    kind: str
    label: str
    number: int
    from_on: date
    until_on: date
    ended_on: date | None


class Seat(Schema):
    """The phone is masked; `until_on` null: serving."""

    id: UUID
    unit: Unit
    name: str
    role: str
    phone: str
    from_on: date
    until_on: date | None
    end_reason: str


class WholeCommittee(Committee):
    seats: list[Seat]


class OpenNow(Schema):
    """Today's hours; `changes_at`: when it closes or opens next, null: not within two weeks."""

    hours: str
    reason: str
    is_open: bool
    changes_at: datetime | None


class ServicePoint(Schema):
    """Position in GCJ-02, as strings. `hours`: by weekday and `holiday`; empty: closed."""

    id: UUID
    unit: Unit
    name: str
    kind: str
    label: str
    region: str
    address: str
    phone: str
    latitude: str | None
    longitude: str | None
    hours: dict[str, str]
    facilities: list[str]
    today: OpenNow
    opened_on: date
    closed_on: date | None


class SpecialHours(Schema):
    """`hours` empty: closed; `until_on` null: until further notice."""

    id: UUID
    from_on: date
    until_on: date | None
    hours: str
    reason: str


class WholeServicePoint(ServicePoint):
    special_hours: list[SpecialHours]


class GridCell(Schema):
    id: UUID
    number: str
    name: str
    unit: Unit
    region: str
    station: UUID | None
    boundary: str
    workers: list[str]
    from_on: date
    ended_on: date | None


class WholeGridCell(GridCell):
    seats: list[Seat]


class Team(Schema):
    """`ended_on` null: at work."""

    id: UUID
    unit: Unit
    name: str
    kind: str
    label: str
    serving_count: int
    from_on: date
    ended_on: date | None


class TeamMember(Seat):
    """`posted_to` null: at the team's own union."""

    specialty: str
    basis: str
    posted_to: Unit | None
    title: str
    contract_until: date | None


class WholeTeam(Team):
    members: list[TeamMember]
