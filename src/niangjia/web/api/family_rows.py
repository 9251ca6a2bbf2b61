"""What the API says of a family in hardship."""

from datetime import date
from uuid import UUID

from ninja import Schema


class EconomicCheck(Schema):
    checked_on: date
    yearly_income_amount: str
    deposits_amount: str
    investments_amount: str
    homes: int
    has_car: bool
    has_business: bool
    receives_relief: bool
    note: str


class Said(Schema):
    label: str
    value: str


class Topic(Schema):
    name: str
    label: str
    said: list[Said]


class FamilyMember(Schema):
    id: UUID
    name: str
    relation: str
    identity: str
    monthly_amount: str
    school: str


class Family(Schema):
    topics: list[Topic]
    members: list[FamilyMember]
