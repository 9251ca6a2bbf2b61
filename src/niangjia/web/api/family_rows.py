"""What the API says of a family in hardship."""

from datetime import date

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
