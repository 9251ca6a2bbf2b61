"""Plain value classes that cost nothing to define.

The standard dataclass writes and compiles source for every class: seventy of them took half of the time from process
start to the first explained case (docs/decisions/0010-policy-records.md). These share one `__init__`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, dataclass_transform

R = TypeVar("R", bound="Fields")


class Fresh:
    """A default made anew for each object."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def fresh(*, default_factory: Callable[[], Any]) -> Any:
    return Fresh(default_factory)


class Fields:
    """What both kinds share. Fields are the class's annotations, in order, those of its bases first."""

    __match_args__: tuple[str, ...] = ()
    _defaults: dict[str, Any] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = tuple(vars(cls).get("__annotations__", ()))
        cls._defaults = cls._defaults | {name: cls.__dict__[name] for name in own if name in cls.__dict__}
        # mypy wants match args to be a literal tuple; here they are whatever the class declares.
        type.__setattr__(cls, "__match_args__", (*cls.__match_args__, *own))

    def __init__(self, *args: Any, **given: Any) -> None:
        values, names = self.__dict__, self.__match_args__
        values.update(zip(names, args, strict=False))
        if len(args) == len(names) and not given:
            return
        if given:
            values.update(given)
        if len(values) < len(names):
            for name, default in self._defaults.items():
                if name not in values:
                    values[name] = default.make() if isinstance(default, Fresh) else default
        if len(values) != len(names) or len(args) > len(names):
            raise TypeError(f"{type(self).__name__} takes {', '.join(names)}")

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__name__}({inside})"


@dataclass_transform(eq_default=False, field_specifiers=(fresh,))
class Mutable(Fields):
    """Something that is filled while it lives; equal only to itself."""


@dataclass_transform(frozen_default=True, field_specifiers=(fresh,))
class Record(Fields):
    """A value: compared and hashed by its fields, never changed."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be set; use replace()")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self.__match_args__)))


def replace(record: R, **changes: Any) -> R:
    """The same record with some fields changed."""
    return type(record)(**{**record.__dict__, **changes})
