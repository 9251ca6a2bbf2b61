"""Audit: what was written can be proved, and whatever was done to it is named."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, transaction

from niangjia.kernel import audit, triggers
from niangjia.kernel.access import Actor
from niangjia.kernel.audit import anchors
from niangjia.kernel.audit.verify import verify
from niangjia.kernel.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_anchors")]


@pytest.fixture
def clerk() -> Actor:
    return Actor(User.objects.create_user("clerk", name="周禾"))


@pytest.fixture
def trail(clerk: Actor) -> list[audit.AuditEntry]:
    """Three entries about one object, two about another, all anchored."""
    first = User.objects.create_user("one", name="甲")
    second = User.objects.create_user("two", name="乙")
    written = [
        audit.record(first, action, actor=clerk, changes={"name": "甲"})
        for action in ("open", "mend", "close")
    ]
    written += [audit.record(second, action, actor=clerk) for action in ("open", "close")]
    anchors.anchor()
    return written


@pytest.fixture
def forger() -> Iterator[None]:
    """Somebody who owns the database."""
    with triggers.suspended():
        yield


def found() -> list[tuple[str, str]]:
    return [(finding.kind, finding.entry) for finding in verify().findings]


def test_an_untouched_trail_is_sound(trail: list[audit.AuditEntry]) -> None:
    report = verify()
    assert report.is_sound
    assert (report.entries, report.anchors, report.unanchored) == (5, 1, 0)


def test_entries_hold_digests_and_no_values(trail: list[audit.AuditEntry]) -> None:
    assert set(trail[0].changes) == {"name"}
    assert "甲" not in str(trail[0].changes)


def test_a_remark_is_sealed_and_its_digest_kept(clerk: Actor) -> None:
    entry = audit.record(clerk.user, "mend", actor=clerk, remark="材料里的姓名写错了")
    entry.refresh_from_db()
    assert entry.remark.text == "材料里的姓名写错了"
    assert set(entry.changes) == {"remark"}


def test_the_window_not_yet_anchored_is_counted(trail: list[audit.AuditEntry], clerk: Actor) -> None:
    audit.record(clerk.user, "mend", actor=clerk)
    assert verify().unanchored == 1


def test_the_database_itself_refuses_changes(trail: list[audit.AuditEntry]) -> None:
    for attempt in (
        lambda: audit.AuditEntry.objects.filter(pk=trail[0].pk).update(action="nothing"),
        lambda: audit.AuditEntry.objects.filter(pk=trail[0].pk)._raw_delete("default"),
        lambda: anchors.AuditAnchor.objects.update(count=0),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()


def test_every_trigger_is_in_the_database() -> None:
    assert set(triggers.names()) <= set(triggers.installed())
    assert triggers.names()


def test_a_changed_entry_is_named(trail: list[audit.AuditEntry], forger: None) -> None:
    audit.AuditEntry.objects.filter(pk=trail[1].pk).update(action="nothing")
    assert ("changed", f"kernel.user/{trail[1].object_id}#2 nothing") in found()


def test_an_entry_removed_from_the_middle_is_named(trail: list[audit.AuditEntry], forger: None) -> None:
    audit.AuditEntry.objects.filter(pk=trail[1].pk).delete()
    assert ("removed", f"kernel.user/{trail[1].object_id}#2") in found()


def test_entries_removed_from_the_end_are_named(trail: list[audit.AuditEntry], forger: None) -> None:
    audit.AuditEntry.objects.filter(pk__in=[trail[3].pk, trail[4].pk]).delete()
    assert found() == [("removed", f"kernel.user/{trail[3].object_id}#{position}") for position in (1, 2)]


def test_entries_that_changed_places_are_named(trail: list[audit.AuditEntry], forger: None) -> None:
    first, second = trail[0], trail[1]
    for pk, position in ((first.pk, 99), (second.pk, 1), (first.pk, 2)):
        audit.AuditEntry.objects.filter(pk=pk).update(position=position)
    kinds = {kind for kind, _entry in found()}
    assert "reordered" in kinds


def test_an_entry_slipped_in_behind_an_anchor_is_named(trail: list[audit.AuditEntry], forger: None) -> None:
    slipped = trail[4]
    audit.AuditEntry.objects.filter(pk=slipped.pk).delete()
    slipped.object_id += 1000
    slipped.position = 1
    slipped.mac = slipped.expected_mac("")
    slipped.save(force_insert=True)
    assert any(kind in {"inserted", "reordered"} for kind, _entry in found())


def test_an_edited_export_is_noticed(trail: list[audit.AuditEntry]) -> None:
    [file] = anchors.folder().glob("*.jsonl")
    file.write_text(file.read_text().replace("kernel.user", "kernel.users", 1))
    assert ("anchor", "#1") in found()


def test_a_lost_export_is_noticed(trail: list[audit.AuditEntry]) -> None:
    [file] = anchors.folder().glob("*.jsonl")
    file.unlink()
    assert found() == [("anchor", "#1")]


def test_anchors_chain_over_several_hours(trail: list[audit.AuditEntry], clerk: Actor) -> None:
    audit.record(clerk.user, "mend", actor=clerk)
    made = anchors.anchor()
    assert made is not None and (made.number, made.count) == (2, 1)
    assert anchors.anchor() is None
    assert verify().is_sound
