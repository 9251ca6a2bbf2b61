"""The worker's side: apply with photos, see it move, put right what came back."""

import uuid
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from niangjia.assistance.consents import HEALTH_SHARING
from niangjia.assistance.kinds import State
from niangjia.assistance.models import Attachment, HardshipFile
from niangjia.assistance.workflow import apply, ask_for_more
from niangjia.kernel.access import Actor
from niangjia.membership.consents import actions as consents
from tests.families import APPLICATION, Path

SignedIn = Callable[[Actor], Client]


@pytest.fixture
def phone(path: Path, signed_in: SignedIn) -> Client:
    client = signed_in(path.worker)
    session = client.session
    session["door"] = "phone"
    session.save()
    return client


def a_photo(colour: str = "red") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "JPEG")
    return SimpleUploadedFile("IMG_0001.jpg", content.getvalue(), "image/jpeg")


def test_applying_with_photos(path: Path, phone: Client) -> None:
    assert phone.get(reverse("portal_apply")).status_code == 200
    data = {
        **APPLICATION,
        "key": str(uuid.uuid4()),
        "identity": [a_photo(), a_photo("blue")],
        "income": a_photo("green"),
    }
    response = phone.post(reverse("portal_apply"), data, follow=True)
    file = HardshipFile.objects.get()
    assert file.number in response.content.decode()
    assert sorted(file.attachments.values_list("kind", flat=True)) == ["identity", "identity", "income"]


def test_a_broken_photo_does_not_cost_the_application(path: Path, phone: Client) -> None:
    broken = SimpleUploadedFile("photo.jpg", b"not a photo at all", "image/jpeg")
    response = phone.post(
        reverse("portal_apply"), {**APPLICATION, "key": str(uuid.uuid4()), "identity": broken}, follow=True
    )
    assert HardshipFile.objects.count() == 1
    assert "没有收下" in response.content.decode()


def test_sending_the_application_twice_makes_one(path: Path, phone: Client) -> None:
    data = {**APPLICATION, "key": str(uuid.uuid4())}
    for _ in range(2):
        assert phone.post(reverse("portal_apply"), data).status_code == 302
    assert HardshipFile.objects.count() == 1


def test_what_is_missing_is_said_beside_the_field(path: Path, phone: Client) -> None:
    response = phone.post(reverse("portal_apply"), {**APPLICATION, "statement": "难"})
    assert response.status_code == 422
    assert "至少 10 个字" in response.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("state", State.values)
def test_the_way_shows_in_every_state(path: Path, phone: Client, state: str, language: str) -> None:
    file = path.to(state)
    phone.cookies["django_language"] = language
    for url in (
        reverse("portal_home"),
        reverse("portal_matters"),
        reverse("portal_matter", args=[file.public_id]),
        reverse("portal_me"),
    ):
        assert phone.get(url).status_code == 200


def test_putting_right_what_came_back(path: Path, phone: Client) -> None:
    file = apply(actor=path.worker, **APPLICATION)
    ask_for_more(file, actor=path.reviewer, remark="请补一张收入证明")
    page = phone.get(reverse("portal_matter", args=[file.public_id])).content.decode()
    assert "请补一张收入证明" in page
    paper = {"kind": "income", "uploads": a_photo()}
    phone.post(reverse("portal_add_paper", args=[file.public_id]), paper)
    url = reverse("portal_step", args=[file.public_id, "resubmit"])
    assert APPLICATION["statement"] in phone.get(url).content.decode()
    phone.post(url, {**APPLICATION, "household_size": 4, "version": file.version})
    file.refresh_from_db()
    assert (file.state, file.household_size) == (State.APPLIED, 4)


def test_medical_papers_stay_from_the_unit_until_the_worker_agrees(
    path: Path, phone: Client, signed_in: SignedIn
) -> None:
    phone.post(reverse("portal_apply"), {**APPLICATION, "key": str(uuid.uuid4()), "medical": a_photo()})
    paper = Attachment.objects.get()
    url = reverse("attachment", args=[paper.public_id])
    assert phone.get(url).status_code == 200
    assert signed_in(path.reviewer).get(url).status_code == 404
    assert signed_in(path.clerk).get(url).status_code == 200
    HardshipFile.objects.update(shares_health_with_unit=True)
    consents.give(paper.file.person, HEALTH_SHARING, actor=path.worker)
    assert signed_in(path.reviewer).get(url).status_code == 200


def test_the_reason_stays_in_sight_until_the_application_is_sent_again(path: Path, phone: Client) -> None:
    file = apply(actor=path.worker, **APPLICATION)
    ask_for_more(file, actor=path.reviewer, remark="请补一张收入证明")
    for colour in ("red", "green", "blue", "black", "white", "grey"):
        paper = {"kind": "income", "uploads": a_photo(colour)}
        phone.post(reverse("portal_add_paper", args=[file.public_id]), paper)
    resubmit = reverse("portal_step", args=[file.public_id, "resubmit"])
    assert "请补一张收入证明" in phone.get(resubmit).content.decode()
    page = phone.get(reverse("portal_matter", args=[file.public_id])).content.decode()
    assert page.index("请补一张收入证明") < page.index(resubmit) < page.index("办到哪一步了")


def test_a_wrong_photo_is_taken_away_again_but_only_by_whoever_sent_it(
    path: Path, phone: Client, signed_in: SignedIn
) -> None:
    file = apply(actor=path.worker, **APPLICATION)
    matter = reverse("portal_matter", args=[file.public_id])
    phone.post(reverse("portal_add_paper", args=[file.public_id]), {"kind": "income", "uploads": a_photo()})
    signed_in(path.reviewer).post(
        reverse("hardship_attach", args=[file.public_id]), {"kind": "other", "upload": a_photo("blue")}
    )
    mine, theirs = Attachment.objects.order_by("pk")
    page = phone.get(matter).content.decode()
    assert reverse("portal_void_paper", args=[mine.public_id]) in page
    assert reverse("portal_void_paper", args=[theirs.public_id]) not in page
    phone.post(reverse("portal_void_paper", args=[mine.public_id]))
    assert reverse("attachment", args=[mine.public_id]) not in phone.get(matter).content.decode()
    assert phone.post(reverse("portal_void_paper", args=[theirs.public_id])).status_code == 403
    theirs.refresh_from_db()
    assert theirs.voided_at is None


def test_the_kind_of_a_paper_is_chosen_not_guessed(path: Path, phone: Client) -> None:
    file = apply(actor=path.worker, **APPLICATION)
    answer = phone.post(
        reverse("portal_add_paper", args=[file.public_id]), {"kind": "", "uploads": a_photo()}
    )
    assert answer.status_code == 422
    assert not Attachment.objects.exists()


def test_after_a_withdrawal_the_way_to_a_new_application_is_at_hand(path: Path, phone: Client) -> None:
    file = path.to(State.WITHDRAWN)
    page = phone.get(reverse("portal_matter", args=[file.public_id])).content.decode()
    assert f'{reverse("portal_apply")}">重新申请' in page
