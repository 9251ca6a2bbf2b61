"""Refusals: what a domain raises when it will not do a thing. Each carries a sentence that says what to do next.

The shell maps them to HTTP once (`status`); nothing else in the project knows status codes.
"""

from collections.abc import Mapping, Sequence


class Refused(Exception):
    """A request that the rules do not allow; `str(error)` is the sentence shown to the user."""

    status = 409

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class WrongState(Refused):
    """The row has moved on, or was never where this step starts."""

    status = 409


class NotAllowed(Refused):
    """The duty, the scope, four eyes or 回避 forbids it."""

    status = 403


class Missing(Refused):
    """Absent, or out of sight: a stranger cannot tell which."""

    status = 404


class Invalid(Refused):
    """The input does not hold; `problems` gives the sentences by field (`""` for the whole)."""

    status = 422

    def __init__(self, sentence: object, problems: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(sentence)
        self.problems = {field: list(sentences) for field, sentences in (problems or {}).items()}
