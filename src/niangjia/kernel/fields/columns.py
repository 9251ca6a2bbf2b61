"""How migrations see sealed columns: plain bytes. They must neither import the application nor need keys."""

from typing import Any, TypeAlias

from django.db import models

Column: TypeAlias = "models.Field[Any, Any]"


def as_bytes(field: Column) -> Column:
    _name, _path, _args, options = deconstruct_as_bytes(field)
    return models.BinaryField(**options)


def deconstruct_as_bytes(field: Any) -> Any:
    name, _path, args, options = models.BinaryField.deconstruct(field)
    for option in ("default", "max_length"):
        options.pop(option, None)
    return name, "django.db.models.BinaryField", args, options
