"""Files of an earlier system on pages and over the API: the upload, the list to confirm, the worker's own side."""

from collections.abc import Iterator

import pytest

from niangjia.assistance.kinds import State
from niangjia.kernel import clock
from tests.cast import Tree
from tests.families import DAY, Path
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


@pytest.fixture
def path(tree: Tree) -> Path:
    return Path(tree)


def test_the_centre_finds_the_upload_and_others_do_not(path: Path, signed_in: SignedIn) -> None:
    address = "/uploads/new/take-over/"
    assert address in signed_in(path.clerk).get("/hardship-files/").content.decode()
    assert signed_in(path.clerk).get(address).status_code == 200
    assert address not in signed_in(path.reviewer).get("/hardship-files/").content.decode()
    assert signed_in(path.reviewer).get(address).status_code == 403


def test_the_approver_confirms_from_the_list(path: Path, signed_in: SignedIn) -> None:
    file = path.taken_over()
    approver = signed_in(path.approver)
    page = approver.get("/hardship-files/?state=taken_over").content.decode()
    assert file.number in page and "选中的：确认移入" in page
    assert file.former_number in approver.get(f"/hardship-files/{file.public_id}/").content.decode()
    api = f"/api/v1/hardship-file/{file.public_id}/confirm-take-over/"
    answer = approver.post(api, {}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    file.refresh_from_db()
    assert file.state == State.FILED


def test_the_worker_sees_that_it_waits(path: Path, signed_in: SignedIn) -> None:
    file = path.taken_over()
    shown = signed_in(path.worker).get(f"/m/matters/{file.public_id}/")
    assert shown.status_code == 200 and "待确认移入" in shown.content.decode()
