"""Money: `Decimal` yuan in Python, whole fen in the database, one rounding rule for the whole project."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models import Value
from django.db.models.expressions import Combinable, register_combinable_fields
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Invalid

FEN = Decimal("0.01")
# Far beyond any fund, and safely inside a BIGINT of fen.
LIMIT = Decimal("10000000000000000")
DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10))
WRITTEN = re.compile(r"(-?)¥?(-?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d*)?元?", re.ASCII)


def yuan(value: Decimal | int | str) -> Decimal:
    """Rounded half up to the fen: the only rounding in the project."""
    if isinstance(value, float):
        raise TypeError("money is never a float: 0.1 + 0.2 is not 0.3; use Decimal")
    return Decimal(value).quantize(FEN, ROUND_HALF_UP)


def fen(amount: Decimal | int | str) -> int:
    """The whole fen of an amount that is exact to the fen; anything finer is refused, not rounded."""
    return int(exact(amount).scaleb(2))


def from_fen(number: int) -> Decimal:
    return Decimal(number).scaleb(-2).quantize(FEN)


def exact(amount: Decimal | int | str) -> Decimal:
    """The amount with two decimals; `Invalid` when it has more, is no number, or is beyond any fund."""
    if isinstance(amount, bool | float):
        raise Invalid(_("金额不能用浮点数表示，会差一分钱；请改用十进制数。"))
    try:
        number = Decimal(amount)
        rounded = number.quantize(FEN)
        if not number.is_finite():
            raise InvalidOperation
    except (InvalidOperation, TypeError, ValueError):
        raise Invalid(_("这不是金额，请填写数字，例如 1,234.50。")) from None
    if rounded != number:
        raise Invalid(_("金额最多两位小数（精确到分），请核对。"))
    if abs(number) >= LIMIT:
        raise Invalid(_("金额超出范围，请核对是否多写了位数。"))
    return rounded


def parse(text: str) -> Decimal:
    """What a person writes: 1234.5, ¥1,234.50, ￥１２３４．５０ or 1,234.50元."""
    written = WRITTEN.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    if written is None or (written[1] and written[2]):
        raise Invalid(_("这不是金额，请填写数字，例如 1,234.50。"))
    sign = written[1] or written[2]
    return exact(f"{sign}{written[3].replace(',', '')}{written[4] or ''}")


def split(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Shares exact to the fen that sum to the total, by largest remainder; of equals the first gets it."""
    shares = [Fraction(weight) for weight in weights]
    if not any(shares) or min(shares) < 0:
        raise ValueError("the weights of a split are not negative, and not all zero")
    whole = fen(total)
    ideal = [abs(whole) * share / sum(shares) for share in shares]
    parts = [int(part) for part in ideal]
    by_remainder = sorted(range(len(parts)), key=lambda place: parts[place] - ideal[place])
    for place in by_remainder[: abs(whole) - sum(parts)]:
        parts[place] += 1
    return [from_fen(part if whole > 0 else -part) for part in parts]


def formatted(amount: Decimal | int) -> str:
    """¥1,234.50"""
    amount = exact(amount)
    return f"{'-' if amount < 0 else ''}¥{abs(amount):,.2f}"


def in_words(amount: Decimal | int) -> str:
    """大写 by the payment rules, to follow 人民币 without a gap: 壹仟肆佰零玖元伍角, 伍拾元整."""
    amount = exact(amount)
    whole, cents = divmod(fen(abs(amount)), 100)
    tenths, hundredths = divmod(cents, 10)
    words = f"{_integer(whole)}元" if whole or not cents else ""
    if not cents:
        words += "整"
    if tenths:
        words += f"{DIGITS[tenths]}角"
    elif whole and hundredths:
        words += "零"
    if hundredths:
        words += f"{DIGITS[hundredths]}分"
    return f"负{words}" if amount < 0 else words


def _integer(number: int) -> str:
    for unit, size in UNITS:
        if number >= size:
            head, rest = divmod(number, size)
            # Any run of zeros between two figures is read as one 零.
            gap = "零" if 0 < rest < size // 10 else ""
            return f"{_integer(head)}{unit}{gap}{_integer(rest) if rest else ''}"
    return DIGITS[number]


class MoneyFormField(forms.DecimalField):
    """Takes ¥ and thousands separators as people type them."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 18, "decimal_places": 2, **kwargs})
        self.widget.attrs.setdefault("inputmode", "decimal")

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # as DecimalField
        if value in self.empty_values:
            return None
        try:
            return parse(value) if isinstance(value, str) else exact(value)
        except Invalid as problem:
            raise ValidationError(str(problem), code="invalid") from None


class MoneyField(models.Field):  # type: ignore[type-arg]  # typed by the two names below
    """`Decimal` yuan; BIGINT fen in both databases, so sums are exact. No IntegerField, so `Avg` is money."""

    _pyi_private_set_type: Decimal | int | str | Combinable
    _pyi_private_get_type: Decimal
    _pyi_lookup_exact_type: Decimal | int | str
    description = "Money"

    def db_type(self, connection: Any) -> str:
        return str(connection.data_types["BigIntegerField"])

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        if value is None:
            return None
        return from_fen(value) if isinstance(value, int) else yuan(Decimal(value) / 100)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None:
            return None
        try:
            return parse(value) if isinstance(value, str) else exact(value)
        except Invalid as problem:
            raise ValidationError(str(problem), code="invalid") from None

    def get_prep_value(self, value: Any) -> int | None:
        return None if value is None else fen(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """An expression counts fen, so only money is in it: `F("amount") + Decimal(1)` would add a fen."""
        if not hasattr(value, "as_sql"):
            return super().get_db_prep_save(value, connection)
        try:
            field = value.output_field
        except FieldError:
            field = None
        if not isinstance(field, MoneyField):
            raise TypeError(f"{self}: the expression is not money; wrap plain amounts in in_fen(…)")
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": MoneyFormField, **kwargs})

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def clone(self) -> Any:
        _name, _path, _args, options = self.deconstruct()
        return models.BigIntegerField(**options)

    def deconstruct(self) -> Any:
        """Migrations see whole fen: they must not import the application."""
        name, _path, args, options = super().deconstruct()
        if isinstance(options.get("default"), Decimal | int):
            options["default"] = fen(options["default"])
        return name, "django.db.models.BigIntegerField", args, options


def in_fen(amount: Decimal | int) -> Value:
    """An amount for use inside a database expression: `F("balance") + in_fen(amount)`."""
    return Value(amount, output_field=MoneyField())


for _connector in (Combinable.ADD, Combinable.SUB):
    register_combinable_fields(MoneyField, _connector, MoneyField, MoneyField)
register_combinable_fields(MoneyField, Combinable.MUL, models.IntegerField, MoneyField)
register_combinable_fields(models.IntegerField, Combinable.MUL, MoneyField, MoneyField)
