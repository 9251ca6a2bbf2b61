import uuid
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.visits import actions
from niangjia.kernel.access import Actor
from tests.families import DAY, VISIT, Path

PHOTO = "photo-0a1b2c3d"
ANSWERS: dict[str, Any] = {**VISIT, "visited_on": DAY.isoformat()}


@pytest.fixture
def file(path: Path) -> HardshipFile:
    return path.to(State.REVIEWED)


@pytest.fixture
def key() -> uuid.UUID:
    return uuid.uuid4()


def picture(colour: str = "red", kind: str = "JPEG") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (60, 40), colour).save(content, kind)
    return SimpleUploadedFile(f"x.{kind.lower()}", content.getvalue(), f"image/{kind.lower()}")


def receive(key: uuid.UUID, file: HardshipFile, actor: Actor, slot: str = PHOTO, **given: Any) -> Any:
    more = {"expected": 1, "upload": picture(), **given}
    return actions.receive(key, file, actor=actor, slot=slot, **more)


def send(key: uuid.UUID, file: HardshipFile, actor: Actor, *slots: str, **given: Any) -> Any:
    more = {"version": file.version, **ANSWERS, **given}
    return actions.send(key, file, actor=actor, slots=list(slots), **more)
