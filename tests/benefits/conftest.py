from collections.abc import Iterator

import pytest

from niangjia.kernel import clock
from tests.families import DAY


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield
