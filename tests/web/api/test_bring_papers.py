"""Papers go up as multipart and come down whole, to whoever may see them."""

import uuid
from collections.abc import Callable
from io import BytesIO
from pathlib import Path as Folder
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import Settings

from niangjia.assistance.models import Attachment, HardshipFile
from niangjia.kernel.files import StoredFile
from tests.cast import Tree
from tests.families import Path
from tests.web.api.conftest import FILES, ROOT, Caller, Calling


@pytest.fixture(autouse=True)
def _vault(settings: Settings, tmp_path: Folder) -> None:
    settings.FILES_FOLDER = tmp_path


def a_photo(name: str = "病历.png", colour: str = "red") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def send(client: Caller, file: HardshipFile, kind: Any = "income", upload: Any = None) -> Any:
    data = {"kind": kind, "upload": a_photo() if upload is None else upload}
    return client.post(f"{FILES}{file.public_id}/attachments/", data)


def test_a_photo_goes_up_and_comes_down(path: Path, calling: Calling) -> None:
    client = calling(path.reviewer)
    made = send(client, path.apply()).json()
    answer = client.get(made["url"])
    assert answer.status_code == 200
    assert Image.open(BytesIO(b"".join(answer.streaming_content))).size == (40, 30)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_same_photo_again_changes_nothing(path: Path, calling: Calling) -> None:
    file, client = path.apply(), calling(path.reviewer)
    assert send(client, file).json() == send(client, file).json()
    assert StoredFile.objects.count() == 1
    send(client, file, upload=a_photo(colour="blue"))
    assert file.attachments.count() == 2


@pytest.mark.parametrize("kind", ["", "nonsense", "x" * 500, "Medical", "\0"])
def test_only_known_kinds_of_paper_are_taken(path: Path, calling: Calling, kind: str) -> None:
    file = path.apply()
    answer = send(calling(path.reviewer), file, kind)
    assert answer.status_code == 422
    assert answer.json()["sentence"]
    assert file.attachments.count() == 0


@pytest.mark.parametrize("missing", ["kind", "upload"])
def test_a_part_that_is_missing_is_named(path: Path, calling: Calling, missing: str) -> None:
    data = {"kind": "income", "upload": a_photo()}
    del data[missing]
    answer = calling(path.reviewer).post(f"{FILES}{path.apply().public_id}/attachments/", data)
    assert answer.status_code == 422
    assert missing in answer.json()["problems"]


def test_what_is_no_photo_or_document_is_refused_in_words(path: Path, calling: Calling) -> None:
    page = SimpleUploadedFile("a.png", b"<script>alert(1)</script>", "image/png")
    answer = send(calling(path.reviewer), path.apply(), upload=page)
    assert answer.status_code == 422


def test_a_worker_brings_no_visit_record_and_takes_away_no_colleagues_paper(
    path: Path, browsing: Callable[..., Caller], calling: Calling
) -> None:
    file = path.apply()
    theirs = send(calling(path.reviewer), file, "visit").json()["id"]
    worker = browsing(path.worker)
    worker.get("/m/me/")
    csrf = {"X-CSRFToken": worker.cookies["csrftoken"].value}
    data = {"kind": "visit", "upload": a_photo(colour="green")}
    assert worker.post(f"{FILES}{file.public_id}/attachments/", data, headers=csrf).status_code == 403
    assert worker.post(f"{ROOT}/attachments/{theirs}/void/", headers=csrf).status_code == 403
    data["kind"] = "income"
    own = worker.post(
        f"{FILES}{file.public_id}/attachments/", data | {"upload": a_photo(colour="pink")}, headers=csrf
    )
    assert worker.post(f"{ROOT}/attachments/{own.json()['id']}/void/", headers=csrf).status_code == 200
    assert Attachment.objects.filter(voided_at=None).count() == 1


def test_medical_papers_stay_shut_to_the_workers_own_unit(path: Path, calling: Calling, tree: Tree) -> None:
    file = path.apply()
    made = send(calling(path.clerk), file, "medical").json()
    assert calling(path.clerk).get(made["url"]).status_code == 200
    assert calling(path.reviewer).get(made["url"]).status_code == 404
    assert calling(path.clerk).get(f"{ROOT}/attachments/{uuid.uuid4()}/").status_code == 404
    stranger = Path(tree, tree.quarry).reviewer
    assert calling(stranger).get(made["url"]).status_code == 404


def test_a_file_takes_only_so_many_papers(
    path: Path, calling: Calling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("niangjia.kernel.papers.MOST_PAPERS", 1)
    file, client = path.apply(), calling(path.reviewer)
    assert send(client, file).status_code == 200
    assert send(client, file).status_code == 200, "the same one again is not one more"
    assert send(client, file, upload=a_photo(colour="blue")).status_code == 409
