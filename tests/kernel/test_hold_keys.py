"""The key ring: made once, rotated by file, missed by name."""

import base64
import stat
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from niangjia.kernel import keys


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.KEYS_FOLDER = tmp_path
    settings.KEYS_GIVEN = {}
    settings.CIPHER = "aes"
    return tmp_path


def test_the_first_use_makes_a_key_that_only_its_owner_may_read(folder: Path) -> None:
    key = keys.current("fields")
    assert keys.current("fields") == key
    files = list(folder.iterdir())
    assert [file.name for file in files] == ["fields-0001.key"]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
    assert len(key.secret) == 32


def test_purposes_never_share_a_key(folder: Path) -> None:
    assert len({keys.current(purpose).secret for purpose in keys.PURPOSES}) == len(keys.PURPOSES)


def test_a_rotated_key_seals_and_the_old_one_still_opens(folder: Path) -> None:
    old = keys.current("fields")
    new = keys.rotate("fields")
    assert keys.current("fields") == new != old
    assert keys.by_id("fields", old.id) == old
    assert keys.ring("fields") == (new, old)


def test_the_cipher_of_the_day_belongs_to_new_keys_only(folder: Path, settings: Settings) -> None:
    assert keys.current("fields").cipher == "aes"
    settings.CIPHER = "sm4"
    assert keys.current("fields").cipher == "aes"
    assert keys.rotate("fields").cipher == "sm4"


def test_a_rotation_by_another_process_is_noticed(folder: Path) -> None:
    old = keys.current("index")
    secret = base64.b64encode(bytes(range(32)))
    (folder / "index-0002.key").write_bytes(secret)
    time.sleep(2 * keys.SECONDS_REMEMBERED)
    assert keys.current("index") == keys.Key.of(bytes(range(32))) != old


def test_a_retired_key_is_kept_aside_and_no_longer_used(folder: Path) -> None:
    old, new = keys.current("fields"), keys.rotate("fields")
    keys.retire("fields", old.id)
    assert keys.ring("fields") == (new,)
    assert (folder / "fields-0001.retired").exists()
    with pytest.raises(keys.KeyProblem, match="正在使用"):
        keys.retire("fields", new.id)
    assert keys.rotate("fields") not in (old, new)


def test_a_lost_key_is_named_and_the_sentence_says_what_to_do(folder: Path) -> None:
    with pytest.raises(keys.KeyProblem, match=r"缺少密钥 audit/002a.*从密钥备份恢复"):
        keys.by_id("audit", 42)


def test_a_damaged_file_is_reported_and_not_replaced(folder: Path) -> None:
    (folder / "audit-0001.key").write_text("short")
    with pytest.raises(keys.KeyProblem, match="已损坏"):
        keys.current("audit")
    assert (folder / "audit-0001.key").read_text() == "short"


def test_an_unknown_purpose_is_refused(folder: Path) -> None:
    with pytest.raises(keys.KeyProblem, match="没有名为 cookies"):
        keys.current("cookies")


def test_keys_from_the_environment_replace_the_files(folder: Path, settings: Settings) -> None:
    newest, older = bytes(range(32)), bytes(range(1, 33))
    words = (base64.b64encode(secret).decode() for secret in (newest, older))
    settings.KEYS_GIVEN = {"fields": ", ".join(words)}
    assert [key.secret for key in keys.ring("fields")] == [newest, older]
    with pytest.raises(keys.KeyProblem, match="NIANGJIA_KEY_FIELDS"):
        keys.rotate("fields")
    assert list(folder.iterdir()) == []


def test_processes_that_start_together_agree_on_one_key(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from django.conf import settings\n"
        "settings.configure(KEYS_FOLDER=Path(sys.argv[1]), KEYS_GIVEN={}, CIPHER='aes')\n"
        "from niangjia.kernel import keys; sys.stdin.read(1); print(keys.current('fields').id)"
    )
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": "src"},
        )
        for _number in range(6)
    ]
    for starter in starters:
        assert starter.stdin is not None
        starter.stdin.write(".")
        starter.stdin.flush()
    answers = {starter.communicate()[0].strip() for starter in starters}
    assert answers == {str(keys.current("fields").id)}
    assert [file.name for file in folder.iterdir()] == ["fields-0001.key"]


def test_the_secret_is_in_no_repr(folder: Path) -> None:
    key = keys.current("audit")
    assert repr(key.secret) not in repr(key)


def test_the_operator_lists_and_rotates(folder: Path) -> None:
    key = keys.current("fields")
    out = StringIO()
    call_command("keys", "rotate", "fields", stdout=out)
    call_command("keys", "list", stdout=out)
    assert key.name in out.getvalue()
    assert keys.current("fields").name in out.getvalue()


def test_the_operator_reads_a_sentence_when_a_key_is_damaged(folder: Path) -> None:
    (folder / "files-0001.key").write_text("short")
    with pytest.raises(CommandError, match="已损坏"):
        call_command("keys", "list", stdout=StringIO())
