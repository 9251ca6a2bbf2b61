import uuid
from collections.abc import Iterator
from pathlib import Path as Folder

import pytest
from pytest_django import Settings

from niangjia.assistance import actions
from niangjia.kernel import clock
from niangjia.kernel.jobs import Job
from niangjia.membership.access import MEMBERSHIP_CLERK
from tests.cast import Tree, a_cell, a_committee, a_delegation, a_point, a_team, an_employer, an_officer, who
from tests.families import DAY, Path
from tests.membership.rosters import a_line, sent, workbook
from tests.web.api.test_bring_papers import a_photo


@pytest.fixture(autouse=True)
def _monday(settings: Settings, tmp_path: Folder) -> Iterator[None]:
    settings.FILES_FOLDER = tmp_path
    settings.DEMO = True
    with clock.at(DAY):
        yield


@pytest.fixture
def path(tree: Tree) -> Path:
    return Path(tree)


@pytest.fixture
def rows(path: Path, tree: Tree) -> dict[str, uuid.UUID]:
    """One row of each kind, all of one union."""
    file = path.apply()
    committee = a_committee(tree.willow)
    post = path.reviewer.account.posts.get()  # type: ignore[attr-defined]
    return {
        "file": file.public_id,
        "paper": actions.attach(file, actor=path.reviewer, kind="income", upload=a_photo()).public_id,
        "person": file.person.public_id,
        "member": file.person.memberships.get().public_id,
        "employer": an_employer(tree.willow).public_id,
        "union": tree.willow.public_id,
        "point": a_point(tree.willow).public_id,
        "team": a_team(tree.willow).public_id,
        "cell": a_cell(tree.willow).public_id,
        "committee": committee.public_id,
        "officer": an_officer(committee).public_id,
        "post": post.public_id,
        "delegation": a_delegation(post, path.visitor.account, DAY, DAY).public_id,
        "upload": sent(
            workbook([a_line(1)]), unit=tree.willow, actor=who(MEMBERSHIP_CLERK, tree.willow)
        ).public_id,
        "job": Job.objects.create(name="kernel.once.prune", asked_by=path.reviewer.user).public_id,
    }
