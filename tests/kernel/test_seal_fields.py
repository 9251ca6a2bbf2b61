"""Encrypted columns: sealed for one row, opened only when read, never searchable, never shown by accident."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from django.core import checks
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, models, transaction
from django.db.models.fields import NOT_PROVIDED
from pytest_django import DjangoAssertNumQueries, Settings

from niangjia.kernel import keys
from niangjia.kernel.fields import (
    BlindIndexField,
    EncryptedTextField,
    Unreadable,
    blind_index,
    found_by,
    rotation,
)
from niangjia.kernel.fields.rows import check_indexes_are_kept
from tests.kernel.specimen import Specimen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("specimen_tables")]
NUMBER, OTHER, PHONE = "110101199003071234", "110101198512250022", "13800005678"
ID_NUMBER = Specimen._meta.get_field("id_number")


def made(number: str = NUMBER, phone: str = PHONE) -> Specimen:
    return Specimen.objects.create(name="甲", id_number=number, phone=phone)


def stored(row: Specimen, column: str = "id_number") -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM specimens_specimen WHERE id = %s", [row.pk])
        value = cursor.fetchone()[0]
    return value if value is None else bytes(value)


def overwrite(row: Specimen, value: bytes, column: str = "id_number") -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE specimens_specimen SET {column} = %s WHERE id = %s", [value, row.pk])


def reread(row: Specimen) -> Specimen:
    return Specimen.objects.get(pk=row.pk)


def test_a_text_comes_back_and_the_column_holds_no_trace_of_it() -> None:
    row = made()
    assert reread(row).id_number == NUMBER
    assert NUMBER.encode() not in stored(row)
    assert len(stored(row)) == 1 + 2 + 12 + len(NUMBER) + 16


def test_two_rows_with_the_same_text_have_different_bytes() -> None:
    assert stored(made(phone=PHONE), "phone") != stored(made(OTHER, PHONE), "phone")


def test_a_blank_text_is_null_and_reads_as_blank() -> None:
    row = made(phone="")
    assert stored(row, "phone") is None
    assert stored(row, "phone_index") is None
    assert reread(row).phone == ""
    assert Specimen.objects.filter(phone__isnull=True).get() == row


def test_a_required_text_may_not_be_blank() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        made(number="")


def test_swapping_the_bytes_of_two_rows_is_noticed() -> None:
    one, two = made(), made(OTHER)
    first, second = stored(one), stored(two)
    overwrite(one, second)
    overwrite(two, first)
    with pytest.raises(Unreadable, match=rf"id_number 的密文打不开（行 {one.public_id}）.*来自另一行"):
        reread(one).id_number  # noqa: B018


def test_bytes_from_another_column_of_the_same_row_do_not_open() -> None:
    row = made()
    overwrite(row, stored(row, "phone"))
    with pytest.raises(Unreadable):
        reread(row).id_number  # noqa: B018


@pytest.mark.parametrize("position", [0, 3, 15, 20, -1])
def test_one_changed_byte_is_noticed(position: int) -> None:
    row = made()
    bytes_ = bytearray(stored(row))
    bytes_[position] ^= 1
    overwrite(row, bytes(bytes_))
    with pytest.raises(Unreadable):
        reread(row).id_number  # noqa: B018


@pytest.mark.parametrize("junk", [b"", b"\x01", b"\x07" * 40])
def test_junk_never_reads_as_text(junk: bytes) -> None:
    row = made()
    overwrite(row, junk or b"\x00")
    with pytest.raises(Unreadable):
        reread(row).id_number  # noqa: B018


def test_a_lost_key_is_reported_as_lost_and_not_as_tampering(own_keys: Path) -> None:
    row = made()
    for file in own_keys.glob("fields-*"):
        file.unlink()
    time.sleep(2 * keys.SECONDS_REMEMBERED)
    with pytest.raises(keys.KeyProblem, match="缺少密钥 fields"):
        reread(row).id_number  # noqa: B018


def test_loading_a_list_opens_nothing() -> None:
    row = made()
    overwrite(row, b"unreadable bytes that would raise if opened")
    listed = list(Specimen.objects.all())
    assert [str(each) for each in listed] == ["甲"]
    assert "sealed" in repr(vars(listed[0]))
    with pytest.raises(Unreadable):
        listed[0].id_number  # noqa: B018


def test_reading_opens_once_and_saving_an_unchanged_row_writes_the_same_bytes() -> None:
    row = reread(made())
    before = stored(row)
    row.name = "乙"
    row.save()
    assert row.id_number == NUMBER
    row.id_number = NUMBER
    row.save()
    assert stored(row) == before


def test_a_changed_text_is_sealed_anew_and_found_by_its_new_value() -> None:
    row = made()
    row.id_number = OTHER
    row.save()
    assert reread(row).id_number == OTHER
    assert not Specimen.objects.filter(found_by(Specimen, "id_number", NUMBER)).exists()
    assert Specimen.objects.get(found_by(Specimen, "id_number", OTHER)) == row


def test_update_fields_carries_the_blind_index_along() -> None:
    row = made()
    row.id_number = OTHER
    row.save(update_fields=["id_number"])
    assert Specimen.objects.get(found_by(Specimen, "id_number", OTHER)).id_number == OTHER


def test_bulk_create_seals_each_row() -> None:
    Specimen.objects.bulk_create([Specimen(name=name, id_number=name * 9) for name in "甲乙丙"])
    assert {row.name: row.id_number for row in Specimen.objects.all()} == {n: n * 9 for n in "甲乙丙"}
    assert Specimen.objects.get(found_by(Specimen, "id_number", "乙" * 9)).name == "乙"


def test_bulk_update_seals_each_row_and_moves_the_index() -> None:
    rows = [made(f"{number:018}", phone="") for number in range(3)]
    for number, row in enumerate(rows):
        row.id_number = f"9{number:017}"
    rows[0].phone = PHONE
    assert Specimen.objects.bulk_update(rows, ["id_number", "phone"]) == 3
    assert [reread(row).id_number for row in rows] == [f"9{number:017}" for number in range(3)]
    assert Specimen.objects.get(found_by(Specimen, "id_number", f"9{1:017}")) == rows[1]
    assert Specimen.objects.get(found_by(Specimen, "phone", PHONE)) == rows[0]
    assert reread(rows[1]).phone == ""


def test_a_deferred_text_is_fetched_when_read(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made()
    row = Specimen.objects.only("name", "public_id").get()
    with django_assert_num_queries(1):
        assert row.id_number == NUMBER
    row.save()
    assert reread(row).id_number == NUMBER


def test_refreshing_a_row_keeps_its_bytes() -> None:
    row = made()
    before = stored(row)
    row.refresh_from_db()
    row.save()
    assert stored(row) == before


def test_a_copied_row_is_sealed_for_itself() -> None:
    row = made()
    copy = reread(row)
    text = copy.phone
    copy.pk, copy.public_id, copy.id_number = None, Specimen().public_id, OTHER
    copy.save()
    assert reread(copy).phone == text == reread(row).phone


def test_update_of_an_encrypted_field_is_refused() -> None:
    row = made()
    for value in (NUMBER, None, row.id_number):
        with pytest.raises(TypeError, match=r"cannot be set by \.update"):
            Specimen.objects.update(id_number=value)


@pytest.mark.parametrize("lookup", ["id_number", "id_number__contains", "id_number__in", "phone__gt"])
def test_searching_an_encrypted_field_is_refused_with_the_way_out(lookup: str) -> None:
    with pytest.raises(TypeError, match=r"use found_by\(\)"):
        Specimen.objects.filter(**{lookup: [NUMBER]})


def test_overwriting_sealed_columns_on_conflict_is_refused() -> None:
    with pytest.raises(TypeError, match="sealed for the new row"):
        Specimen.objects.bulk_create(
            [Specimen(name="甲", id_number=NUMBER)],
            update_conflicts=True,
            update_fields=["phone"],
            unique_fields=["public_id"],
        )


def test_anything_but_text_is_refused() -> None:
    with pytest.raises(TypeError, match="holds text, not int"):
        Specimen(id_number=110101199003071234)


def test_rows_written_without_the_orm_read_the_same() -> None:
    row = Specimen(name="甲")
    index = blind_index(Specimen, "id_number", NUMBER)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO specimens_specimen (name, public_id, id_number, id_number_index)"
            " VALUES (%s, %s, %s, %s)",
            [
                (
                    "甲",
                    Specimen._meta.get_field("public_id").get_db_prep_value(row.public_id, connection),
                    ID_NUMBER.seal(row.public_id, NUMBER),
                    index,
                )
            ],
        )
    assert Specimen.objects.get(found_by(Specimen, "id_number", NUMBER)).id_number == NUMBER


def test_no_repr_shows_the_text() -> None:
    row = reread(made())
    assert row.id_number == NUMBER
    for shown in (repr(row), str(row), repr(vars(row)), repr(row.id_number), repr([row.id_number])):
        assert NUMBER not in shown


def test_sealed_rows_are_never_serialised() -> None:
    with pytest.raises(TypeError, match="never serialised"):
        ID_NUMBER.value_to_string(made())


def test_a_form_field_reads_and_limits_plain_text() -> None:
    field = ID_NUMBER.formfield()
    assert field.clean(NUMBER) == NUMBER
    assert field.max_length == 18
    assert not Specimen._meta.get_field("phone").formfield().required


def test_equal_texts_are_refused_by_the_index_however_they_are_written() -> None:
    made("11010119900307123x")
    with pytest.raises(IntegrityError), transaction.atomic():
        made("110101 19900307 123X")


def test_indexes_of_two_columns_tell_nothing_about_each_other() -> None:
    row = made(phone=NUMBER)
    assert stored(row, "phone_index") != stored(row, "id_number_index")


def test_blank_values_find_nothing() -> None:
    made(phone="")
    assert not Specimen.objects.filter(found_by(Specimen, "phone", "")).exists()
    assert not Specimen.objects.filter(found_by(Specimen, "phone")).exists()


def test_many_values_are_found_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made(), made(OTHER)
    with django_assert_num_queries(1):
        assert Specimen.objects.filter(found_by(Specimen, "id_number", NUMBER, OTHER, "0")).count() == 2


def test_the_national_ciphers_seal_and_find_too(own_keys: Path, settings: Settings) -> None:
    settings.CIPHER = "sm4"
    row = made()
    assert stored(row)[0] == 2
    assert reread(row).id_number == NUMBER
    assert Specimen.objects.get(found_by(Specimen, "id_number", NUMBER)) == row
    overwrite(row, stored(row)[:-1] + bytes([stored(row)[-1] ^ 1]))
    with pytest.raises(Unreadable):
        reread(row).id_number  # noqa: B018


def test_migrations_see_plain_bytes() -> None:
    for name in ("id_number", "id_number_index", "phone"):
        field = Specimen._meta.get_field(name)
        _name, path, _args, options = field.deconstruct()
        assert path == "django.db.models.BinaryField"
        assert type(field.clone()) is models.BinaryField
        assert field.clone().deconstruct()[1:] == field.deconstruct()[1:]
        assert field.clone().default is NOT_PROVIDED
        assert not {"of", "normalise", "default"} & set(options)


def test_a_sealed_field_without_a_public_id_is_an_error_of_the_project() -> None:
    class Homeless(models.Model):
        text = EncryptedTextField()

        class Meta:
            app_label = "specimens"

    errors = [message for message in Homeless.check() if isinstance(message, checks.Error)]
    assert any("public_id" in message.msg for message in errors)


def test_every_indexed_model_of_the_project_keeps_its_indexes() -> None:
    assert check_indexes_are_kept() == []
    assert isinstance(Specimen._meta.get_field("id_number_index"), BlindIndexField)


def test_no_model_of_the_project_names_itself_by_a_sealed_text() -> None:
    checked = 0
    for column in rotation.sealed_columns():
        row = column.model(**{column.name: NUMBER})
        with suppress(ObjectDoesNotExist):  # a name taken from a related row holds no text of this one
            assert NUMBER not in f"{row} {row!r}"
            checked += 1
    assert checked
