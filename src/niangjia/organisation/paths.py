"""A union's place in the tree: four base-36 characters a step, compared byte by byte in both databases."""

from typing import Any

from niangjia.kernel.fields import OrderedCharField

STEP = 4
ROOT = "0" * STEP
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FIRST = ROOT
LONGEST = 16 * STEP


class PathField(OrderedCharField):
    """Sixteen levels deep."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": LONGEST, **options})


def following(path: str) -> str:
    """The next sibling: the last step plus one."""
    number = int(path[-STEP:], 36) + 1
    step = ""
    for _ in range(STEP):
        number, digit = divmod(number, 36)
        step = DIGITS[digit] + step
    if number:
        raise OverflowError("no step left under this parent")
    return path[:-STEP] + step


def ancestors(path: str) -> list[str]:
    """Every path above and the path itself, the root first."""
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]
