"""对外提供 on the pages and over the API: the roster handed out, the record, and what a worker sees of it."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.consents import HOSPITAL_ROSTER
from niangjia.assistance.kinds import State
from niangjia.assistance.models import DataProvision
from niangjia.kernel import clock
from niangjia.kernel.files.kinds import XLSX
from niangjia.web.shell.identity import DOOR, PHONE
from tests.cast import Tree, who
from tests.families import DAY, Path
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import text

HOSPITAL = "青禾市第一医院"
API = "/api/v1/data-provisions/"
LIST = "/data-provisions/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


@pytest.fixture
def path(tree: Tree) -> Path:
    path = Path(tree)
    path.to(State.FILED)
    return path


def test_a_worker_agrees_is_sent_and_sees_it(tree: Tree, path: Path, signed_in: SignedIn) -> None:
    phone, clerk = signed_in(path.worker), signed_in(path.clerk)
    session = phone.session
    session[DOOR] = PHONE
    session.save()
    mine = reverse("portal_consents")
    assert "让医院认出困难职工家庭" in text(phone.get(mine))
    assert clerk.post(LIST, {"receiver": HOSPITAL}).status_code == 409
    phone.post(reverse("portal_consent_give", args=[HOSPITAL_ROSTER.name]))
    assert "现有 1 人" in text(clerk.get(LIST))
    assert clerk.post(LIST, {"receiver": ""}).status_code == 422
    answer = clerk.post(LIST, {"receiver": HOSPITAL})
    assert answer.headers["Content-Type"] == XLSX.media_type
    assert "no-store" in answer.headers["Cache-Control"]
    sent = DataProvision.objects.get()
    assert HOSPITAL in text(clerk.get(LIST))
    page = reverse("data_provision", args=[sent.public_id])
    assert path.worker.account.person.name in text(clerk.get(page))
    assert path.worker.account.person.id_number not in clerk.get(page).content.decode()
    assert HOSPITAL in text(phone.get(mine))
    phone.post(reverse("portal_consent_withdraw", args=[HOSPITAL_ROSTER.name]))
    assert "下次不再列入" in text(clerk.get(page))
    clerk.post(LIST, {"receiver": HOSPITAL})
    assert "已从名单移除" in text(phone.get(mine))


def test_strangers_and_other_duties(tree: Tree, path: Path, signed_in: SignedIn) -> None:
    phone, clerk = signed_in(path.worker), signed_in(path.clerk)
    phone.post("/api/v1/consents/hospital-roster/give/")
    clerk.post(LIST, {"receiver": HOSPITAL})
    sent = DataProvision.objects.get()
    page = reverse("data_provision", args=[sent.public_id])
    away = signed_in(who(CENTRE_CLERK, tree.quarry))
    assert away.get(page).status_code == away.get(f"{API}{sent.public_id}/").status_code == 404
    assert HOSPITAL not in text(away.get(LIST)) and away.get(API).json()["rows"] == []
    reviewer, approver = signed_in(path.reviewer), signed_in(path.approver)
    assert reviewer.get(LIST).status_code == reviewer.get(page).status_code == 403
    assert "记录并下载名单" not in text(approver.get(LIST))
    assert approver.post(LIST, {"receiver": HOSPITAL}).status_code == 403
    assert approver.get(page).status_code == 200
    assert DataProvision.objects.count() == 1


def test_the_same_over_the_api(tree: Tree, path: Path, signed_in: SignedIn) -> None:
    phone, clerk = signed_in(path.worker), signed_in(path.clerk)
    phone.post("/api/v1/consents/hospital-roster/give/")
    send, json = f"{API}hospital-roster/", "application/json"
    asked = {"receiver": HOSPITAL}
    assert signed_in(path.approver).post(send, asked, content_type=json).status_code == 403
    assert clerk.post(send, {}, content_type=json).status_code == 422
    assert clerk.post(send, asked, content_type=json).content[:2] == b"PK"
    [row] = clerk.get(API).json()["rows"]
    assert (row["receiver"], row["row_count"], len(row["digest"])) == (HOSPITAL, 1, 64)
    assert clerk.get(f"{API}{row['id']}/").json() == row
    [told] = phone.get(f"{API}mine/").json()
    assert (told["receiver"], told["is_taken_off"]) == (HOSPITAL, False)
    assert clerk.get(f"{API}mine/").status_code == 404
