"""Finds policies in folders of `<region>/<scheme>.toml`: by day, by region (nearest wins), with inheritance
laid over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from niangjia.policy.errors import Place, PolicyError
from niangjia.policy.model import Policy, Use
from niangjia.policy.reading import read
from niangjia.policy.records import replace
from niangjia.policy.stacking import unstack

SHIPPED = Path(__file__).resolve().parent.parent / "policies"
_OVERLAID = ("inputs", "relations", "parameters", "tiers", "tables", "steps", "gates", "uses", "english")


def regions_above(region: str) -> tuple[str, ...]:
    """The region itself and those it lies in: 350602 → 350602, 350600, 350000, 000000."""
    cuts = [cut for cut in (12, 9, 6, 4, 2) if cut <= len(region)]
    chain = [region[:cut].ljust(6, "0") for cut in cuts]
    return tuple(dict.fromkeys([*chain, "000000"]))


class Library:
    """Reads a file when it is first needed and keeps it. `roots`: later folders are searched after earlier
    ones.
    """

    def __init__(self, *roots: Path) -> None:
        self.roots = roots or (SHIPPED,)
        self._read: dict[Path, Policy] = {}

    @classmethod
    def around(cls, path: Path) -> Library:
        """The folder tree a single file lives in, with the shipped policies behind it."""
        return cls(path.resolve().parent.parent, SHIPPED)

    def load(self, path: Path) -> Policy:
        path = path.resolve()
        if path not in self._read:
            self._read[path] = read(path)
        return self._read[path]

    def paths(self) -> Iterator[Path]:
        for root in self.roots:
            yield from sorted(root.glob("*/*.toml"))

    def versions(self, region: str, scheme: str) -> list[Policy]:
        """All files of one scheme in exactly this region, oldest first."""
        for root in self.roots:
            folder = root / region
            found = [*folder.glob(f"{scheme}.toml"), *folder.glob(f"{scheme}.*.toml")]
            if found:
                return sorted((self.load(path) for path in found), key=lambda policy: policy.start)
        return []

    def find(self, id_: str, on: date, version: str = "") -> Policy:
        """The nearest policy for `region/scheme` in force that day (or that version), resolved."""
        region, _, scheme = id_.partition("/")
        for each in regions_above(region):
            for policy in self.versions(each, scheme):
                if policy.version == version or (not version and in_force(policy, on)):
                    return self.resolve(policy, on)
        raise PolicyError(
            f"找不到{on}有效的政策“{id_}”{version}。", f"No policy '{id_}' {version} is in force on {on}."
        )

    def resolve(self, policy: Policy, on: date) -> Policy:
        """Laid over the policy it inherits from, and with its stack written out as steps."""
        if policy.inherits:
            policy = _overlay(policy, self._parent(policy, on))
        return policy

    def _parent(self, policy: Policy, on: date) -> Policy:
        for region in regions_above(policy.region)[1:]:
            for other in self.versions(region, policy.scheme):
                if in_force(other, on):
                    return self.resolve(other, on)
        raise PolicyError(
            f"上级地区没有{on}有效的“{policy.scheme}”可继承。",
            f"No region above has a '{policy.scheme}' in force on {on} to inherit from.",
        ).within(file=policy.path.name)

    def whole(self, policy: Policy, on: date, order: str = "") -> Policy:
        """`resolve`, then the stack (in the order named) written out as ordinary uses and steps."""
        return unstack(self.resolve(policy, on), order)

    def used(self, use: Use, on: date) -> Policy:
        return self.whole(self.find(use.policy, on, use.version), on)


def in_force(policy: Policy, on: date) -> bool:
    return policy.start <= on and (policy.until is None or on <= policy.until)


def refuse_another_time(policy: Policy, on: date, library: Library) -> None:
    """A file speaks only for its own days; another version may speak for this one."""
    if in_force(policy, on):
        return
    zh, en = not_in_force(policy, on)
    for other in library.versions(policy.region, policy.scheme):
        if in_force(other, on):
            zh, en = f"{zh}那一天请用 {other.path.name}。", f"{en} Use {other.path.name} for that day."
    raise PolicyError(zh, en, Place(policy.path.name))


def not_in_force(policy: Policy, on: date) -> tuple[str, str]:
    """The sentence for a day outside those of the policy, in Chinese and English."""
    zh, en = f"自 {policy.start} 起施行", f"in force from {policy.start}"
    if policy.until is not None:
        zh, en = f"{zh}，至 {policy.until} 止", f"{en} until {policy.until}"
    return f"{on} 不在施行期内：这份政策{zh}。", f"{on} is not covered: this policy is {en}."


def _overlay(near: Policy, far: Policy) -> Policy:
    """Same names replace in place, new names come last; examples are the near file's own."""
    parts = {name: {**getattr(far, name), **getattr(near, name)} for name in _OVERLAID}
    both = hashlib.sha256((far.digest + near.digest).encode()).hexdigest()
    outputs, stack = near.outputs or far.outputs, near.stack or far.stack
    above = {**far.above, far.file: (far.region, far.title)}
    return replace(near, **parts, digest=both, inherits=False, outputs=outputs, stack=stack, above=above)
