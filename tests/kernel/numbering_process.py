"""`python -m tests.kernel.numbering_process FOLDER NAME ROUNDS`: draws numbers, every third time thinking better of it.

With ROUNDS 0 it draws one and waits, holding it, until it is killed.
"""

import sys
import time
from datetime import date
from pathlib import Path

import django

django.setup()

from django.db import transaction  # noqa: E402

from niangjia.kernel import clock  # noqa: E402
from niangjia.kernel.numbering import Numbering  # noqa: E402
from tests.kernel import work  # noqa: E402

PROCESSES = 4
letters = Numbering("letters-in-tests", "{mark}介〔{year}〕{number}号")


class BetterOfIt(Exception):
    pass


def draw(keeps: bool) -> None:
    with transaction.atomic():
        work.effect(letters.draw(7, "娘工").text)
        if not keeps:
            raise BetterOfIt


def main(folder: Path, name: str, rounds: int) -> None:
    (folder / f"{name}.ready").touch()
    if not rounds:
        with transaction.atomic():
            letters.draw(7)
            (folder / "holding").touch()
            time.sleep(60)
    while len(list(folder.glob("*.ready"))) < PROCESSES:
        time.sleep(0.01)
    for turn in range(rounds):
        try:
            draw(keeps=turn % 3 != 0)
        except BetterOfIt:
            continue


if __name__ == "__main__":
    with clock.at(date(2026, 3, 2)):
        main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
