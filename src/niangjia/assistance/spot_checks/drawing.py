"""The lot. Anybody with the seed and the list gets the same files, by hand if need be."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from hashlib import sha256


def sample(numbers: Iterable[str], share: Decimal, seed: str) -> list[str]:
    """The files drawn of those numbered, at least the share (0 to 1) of them, in the order of the lot.

    Files are put in the order of SHA-256 over `seed:number` in hexadecimal; the first ones are drawn.
    """
    ranked = sorted(set(numbers), key=lambda number: sha256(f"{seed}:{number}".encode()).hexdigest())
    return ranked[: int((len(ranked) * share).to_integral_value(ROUND_CEILING))]
