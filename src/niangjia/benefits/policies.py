"""The policies of this installation: the shipped folder with the deployment's own in front, read once at start.

Everything goes through a `Shelf`: texts by name. The installation's holds all files; a decision's holds the texts it
was made with, so it can be made again when the files are long gone.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from niangjia.kernel.errors import Invalid
from niangjia.policy.compiling import Compiled, compile_policy
from niangjia.policy.engine import Engine
from niangjia.policy.errors import PolicyError
from niangjia.policy.library import SHIPPED, Library
from niangjia.policy.model import Policy
from niangjia.policy.reading import read_text

SETTING = "NIANGJIA_POLICIES"
MOST_PROGRAMS = 500
NUMBERS = ("money", "int", "rate", "number")
Lifted = Mapping[str, str]


@dataclass(frozen=True)
class Reading:
    """How a policy is read in one case: other parameters, the order of a stack, caps lifted with a reason."""

    parameters: Mapping[str, Any]
    order: str = ""
    lifted: Lifted | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        return repr(sorted(self.parameters.items())), self.order, repr(sorted((self.lifted or {}).items()))


PRINTED = Reading({})


@dataclass(frozen=True)
class Program:
    """A policy compiled for a day, with the texts it was compiled from (by name, itself first)."""

    policy: Policy
    engine: Engine
    texts: Mapping[str, bytes]

    @property
    def compiled(self) -> Compiled:
        return self.engine.compiled

    @property
    def inputs(self) -> list[str]:
        """What one case is asked for: inputs by name, and lists."""
        program = self.compiled.program
        return [given.name for given in program.inputs] + [rows.name for rows in program.relations]

    @property
    def digest(self) -> str:
        """One SHA-256 over all texts."""
        named = (f"{name} {hashlib.sha256(raw).hexdigest()}" for name, raw in sorted(self.texts.items()))
        return hashlib.sha256("\n".join(named).encode()).hexdigest()


class Shelf(Library):
    """Policies from texts, named `<region>/<scheme>[.<version>].toml`."""

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        super().__init__()
        self.texts = texts
        self._policies: dict[str, Policy] = {}
        self._programs: OrderedDict[tuple[Any, ...], Program] = OrderedDict()
        self._by_scheme: dict[tuple[str, str], list[str]] = {}
        for name in sorted(texts):
            region, _slash, file = name.partition("/")
            self._by_scheme.setdefault((region, file.partition(".")[0]), []).append(name)
        self._asked: list[str] = []

    def schemes(self) -> list[str]:
        """Every policy id, `region/scheme`."""
        return sorted(f"{region}/{scheme}" for region, scheme in self._by_scheme)

    def versions(self, region: str, scheme: str) -> list[Policy]:
        names = self._by_scheme.get((region, scheme), [])
        self._asked += names
        return sorted((self._policy(name) for name in names), key=lambda policy: policy.start)

    def _policy(self, name: str) -> Policy:
        if name not in self._policies:
            self._policies[name] = read_text(self.texts[name], Path(name))
        return self._policies[name]

    def program(self, policy: str, on: date, reading: Reading = PRINTED) -> Program:
        """The policy in force that day for its region, compiled once per day and reading.

        Raises Invalid with the sentence of the policy engine.
        """
        key = (policy, on, *reading.key)
        if key in self._programs:
            self._programs.move_to_end(key)
            return self._programs[key]
        try:
            made = self._compiled(policy, on, reading)
        except PolicyError as error:
            raise Invalid(error.text(language())) from None
        self._programs[key] = made
        if len(self._programs) > MOST_PROGRAMS:
            self._programs.popitem(last=False)
        return made

    def _compiled(self, policy: str, on: date, reading: Reading) -> Program:
        self._asked = []
        found = self.find(policy, on)
        compiled = compile_policy(
            found,
            on,
            self,
            settings={name: _setting(found, name, value) for name, value in reading.parameters.items()},
            lifted=reading.lifted,
            order=reading.order,
        )
        needed = dict.fromkeys(self._asked)
        return Program(found, Engine(compiled), {name: self.texts[name] for name in needed})


def language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _setting(policy: Policy, name: str, given: Any) -> Any:
    """A parameter's other value as it is kept in JSON (numbers and days as text), read for the engine."""
    parameter = policy.parameters.get(name)
    if not isinstance(given, str) or parameter is None:
        return given
    if parameter.type.name == "date":
        return date.fromisoformat(given)
    return Decimal(given) if parameter.type.name in NUMBERS else given


def texts_of(folder: Path) -> dict[str, bytes]:
    return {f"{path.parent.name}/{path.name}": path.read_bytes() for path in sorted(folder.glob("*/*.toml"))}


@cache
def shelf() -> Shelf:
    """The installation's policies. A scheme that stands in the deployment's folder hides the shipped one whole."""
    texts = texts_of(SHIPPED)
    if settings.POLICIES_FOLDER:
        own = texts_of(Path(settings.POLICIES_FOLDER))
        hidden = {_scheme(name) for name in own}
        texts = {name: raw for name, raw in texts.items() if _scheme(name) not in hidden} | own
    return Shelf(texts)


def _scheme(name: str) -> str:
    region, _slash, file = name.partition("/")
    return f"{region}/{file.partition('.')[0]}"


def refuse_wrong_folder() -> None:
    """Stops the start with a sentence when the deployment's own policies cannot be used."""
    if not settings.POLICIES_FOLDER:
        return
    folder = Path(settings.POLICIES_FOLDER)
    if not folder.is_dir():
        raise SystemExit(f"niangjia: {SETTING}: {folder} is no folder")
    for problem in problems(folder):
        raise SystemExit(f"niangjia: {SETTING}: {problem}")


def problems(folder: Path) -> Sequence[str]:
    """What makes files of the folder unusable, as `niangjia policy check` says it."""
    from niangjia.policy.checks import check

    library = Library(folder, SHIPPED)
    found = [(path, finding) for path in sorted(folder.glob("*/*.toml")) for finding in check(path, library)]
    return [
        f"{path.parent.name}/{path.name}: {finding.text('zh')}"
        for path, finding in found
        if finding.level == "error"
    ]


def title(policy: Policy) -> str:
    return policy.title[language()]


def not_shipped(policy: str) -> Invalid:
    return Invalid(_("没有政策“%s”。请从列表中选择，或先把政策文件放进本单位的政策文件夹。") % policy)
