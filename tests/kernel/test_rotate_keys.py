"""New keys under old rows: resealed and re-indexed in batches, found all the while, unique all the while."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from niangjia.kernel import keys
from niangjia.kernel.fields import envelope, found_by, phases, rotation
from niangjia.kernel.fields.phases import IndexRotation, Phase
from tests.kernel.specimen import Specimen

SEALED = Specimen._meta.get_field("id_number")
INDEX = Specimen._meta.get_field("id_number_index")
PHONES = Specimen._meta.get_field("phone_index")


class Killed(Exception):
    pass


def killed_after(batches: int) -> rotation.Progress:
    left = [batches]

    def progress(_rows: int) -> None:
        left[0] -= 1
        if not left[0]:
            raise Killed

    return progress


@pytest.fixture(autouse=True)
def rows(db: None, specimen_tables: None, own_keys: Path) -> list[Specimen]:
    for index in (INDEX, PHONES):
        phases.forget(index.label)
    return [Specimen.objects.create(name="甲", id_number=f"{number:018}", phone="1") for number in range(7)]


def columns() -> list[tuple[bytes, bytes | None]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number_index, id_number_index_next FROM specimens_specimen ORDER BY id")
        return [(bytes(ours), following and bytes(following)) for ours, following in cursor.fetchall()]


def expected(key: keys.Key) -> list[bytes]:
    return [INDEX.hash(key, f"{number:018}") for number in range(7)]


def assert_all_found() -> None:
    for number in range(7):
        found = Specimen.objects.get(found_by(Specimen, "id_number", f"{number:018}"))
        assert found.id_number == f"{number:018}"


def assert_no_duplicate_enters() -> None:
    for number in range(7):
        with pytest.raises(IntegrityError), transaction.atomic():
            Specimen.objects.create(name="乙", id_number=f"{number:018}")


def test_resealing_moves_every_row_to_the_newest_key_and_changes_no_text() -> None:
    old, new = keys.current("fields"), keys.rotate("fields")
    assert rotation.rows_sealed_with(SEALED, old) == 7
    assert rotation.reseal(SEALED, batch=3) == 7
    assert rotation.rows_sealed_with(SEALED, old) == 0
    assert rotation.rows_sealed_with(SEALED, new) == 7
    keys.retire("fields", old.id)
    texts = [row.id_number for row in Specimen.objects.order_by("pk")]
    assert texts == [f"{number:018}" for number in range(7)]


def test_resealing_goes_on_after_a_kill_and_does_no_row_twice() -> None:
    old = keys.current("fields")
    keys.rotate("fields")
    with pytest.raises(Killed):
        rotation.reseal(SEALED, batch=3, progress=killed_after(1))
    assert rotation.rows_sealed_with(SEALED, old) == 4
    assert rotation.reseal(SEALED, batch=3) == 4
    assert rotation.reseal(SEALED, batch=3) == 0


def test_an_old_row_that_is_saved_unchanged_keeps_its_key() -> None:
    old = keys.current("fields")
    keys.rotate("fields")
    Specimen.objects.order_by("pk")[0].save()
    assert rotation.rows_sealed_with(SEALED, old) == 7


def test_an_index_ends_under_the_new_key_alone() -> None:
    new = keys.rotate("index")
    rotation.rotate_index(INDEX, batch=3, wait=0)
    assert columns() == [(index, None) for index in expected(new)]
    state = IndexRotation.objects.get(label=INDEX.label)
    assert (state.phase, state.key_id, state.next_key_id) == (Phase.SETTLED, new.id, None)
    assert_all_found()
    assert_no_duplicate_enters()


@pytest.mark.parametrize("batches", range(1, 10))
def test_an_index_killed_anywhere_is_found_and_unique_and_goes_on(batches: int) -> None:
    new = keys.rotate("index")
    with pytest.raises(Killed):
        rotation.rotate_index(INDEX, batch=3, wait=0, progress=killed_after(batches))
    assert_all_found()
    assert_no_duplicate_enters()
    Specimen.objects.create(name="丙", id_number="9" * 18)
    assert Specimen.objects.get(found_by(Specimen, "id_number", "9" * 18)).name == "丙"
    rotation.rotate_index(INDEX, batch=3, wait=0)
    assert columns() == [(index, None) for index in [*expected(new), INDEX.hash(new, "9" * 18)]]


def test_a_resumed_pass_starts_where_it_stood() -> None:
    keys.rotate("index")
    with pytest.raises(Killed):
        rotation.rotate_index(INDEX, batch=3, wait=0, progress=killed_after(2))
    seen: list[int] = []
    rotation.rotate_index(INDEX, batch=3, wait=0, progress=seen.append)
    assert sum(seen) == 1 + 7 + 7


def test_a_row_written_by_a_process_that_knew_the_last_phase_is_caught_up() -> None:
    old, new = keys.current("index"), keys.rotate("index")
    with pytest.raises(Killed):
        rotation.rotate_index(INDEX, batch=3, wait=0, progress=killed_after(4))
    row = Specimen.objects.order_by("-pk")[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE specimens_specimen SET id_number_index = %s, id_number_index_next = NULL WHERE id = %s",
            [INDEX.hash(old, row.id_number), row.pk],
        )
    rotation.rotate_index(INDEX, batch=3, wait=0)
    assert columns() == [(index, None) for index in expected(new)]


def test_without_a_newer_key_nothing_is_rewritten() -> None:
    before = columns()
    rotation.rotate_index(INDEX, batch=3, wait=0)
    assert columns() == before


def test_a_second_rotation_follows_the_first() -> None:
    for _turn in range(2):
        new = keys.rotate("index")
        rotation.rotate_index(INDEX, batch=3, wait=0)
    assert columns() == [(index, None) for index in expected(new)]
    for old in keys.ring("index")[1:]:
        keys.retire("index", old.id)
    assert_all_found()


def test_one_key_costs_no_query_to_write(django_assert_num_queries: object) -> None:
    assert keys.current("index")
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert phases.keys_to_write(INDEX.label) == (keys.current("index"), None)


def test_rows_before_and_after_a_change_of_cipher_are_both_read_and_found(settings: object) -> None:
    settings.CIPHER = "sm4"  # type: ignore[attr-defined]
    keys.rotate("fields")
    keys.rotate("index")
    Specimen.objects.create(name="丙", id_number="9" * 18)
    rotation.rotate_index(INDEX, batch=3, wait=0)
    rotation.reseal(SEALED)
    assert_all_found()
    schemes = {bytes(sealed)[0] for sealed in Specimen.objects.values_list("id_number", flat=True)}
    assert schemes == {envelope.SCHEMES["sm4"]}
    assert Specimen.objects.get(found_by(Specimen, "id_number", "9" * 18)).id_number == "9" * 18


def test_the_operator_rotates_applies_and_retires(own_keys: Path) -> None:
    out = StringIO()
    old = keys.current("audit")
    keys.rotate("audit")
    with pytest.raises(CommandError, match="审计"):
        call_command("keys", "retire", "audit", old.name, stdout=out)
    for purpose in ("fields", "index"):
        first = keys.current(purpose)
        call_command("keys", "rotate", purpose, stdout=out)
        call_command("keys", "apply", "--wait", "0", stdout=out)
        call_command("keys", "retire", purpose, first.name, stdout=out)
        assert len(keys.ring(purpose)) == 1
    assert "kernel_remark.text" in out.getvalue()
