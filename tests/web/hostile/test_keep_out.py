"""Other people's rows, and what could be learned about people: what hostile eyes get to see."""

import re
import uuid

import pytest

from niangjia.assistance.access import REVIEWER
from niangjia.assistance.kinds import State
from niangjia.assistance.workflow import take_in
from niangjia.kernel import clock
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.actions import add_to_household, enrol, form_household
from tests.cast import Tree, who
from tests.families import APPLICATION, Path, a_person, a_worker
from tests.web.hostile.browsers import all_duties_at, browser, by_phone, living_addresses

# Other people's rows


@pytest.mark.slow
def test_no_address_opens_somebody_elses_row(rows: dict[str, uuid.UUID], path: Path, tree: Tree) -> None:
    outsiders = {
        "stranger": browser(None),
        "worker": browser(a_worker(tree.spring).account),
        "colleague elsewhere": browser(all_duties_at(tree.spring)),
        "reviewer by phone": by_phone(path.reviewer.account),
    }
    insiders = [all_duties_at(tree.province), path.worker.account, path.reviewer.account]
    found = living_addresses(rows, [browser(user) for user in insiders])
    assert len(found) > 300
    # Open service points are for everybody.
    found = [address for address in found if not address.startswith(("/near/", "/api/v1/public/"))]
    # One's own post, its delegation and one's own job stay one's own, whichever door one came by.
    own = {str(rows[name]) for name in ("post", "delegation", "job")}
    opened = []
    for door, client in outsiders.items():
        for address in found:
            if door == "reviewer by phone" and any(row in address for row in own):
                continue
            nowhere = re.sub(r"[0-9a-f-]{36}", str(uuid.uuid4()), address)
            for method, data in (("get", {}), ("post", {"q": "1"})):
                answer = getattr(client, method)(address, data)
                if answer.status_code == 302 and "/login/" in answer.headers["Location"]:
                    continue
                if answer.status_code in {401, 403, 404, 405}:
                    continue
                if getattr(client, method)(nowhere, data).status_code != answer.status_code:
                    opened.append((door, address, answer.status_code))
    assert opened == []


def test_what_one_passed_on_is_not_shown_by_the_phones_door(path: Path) -> None:
    file = path.to(State.REVIEWED)
    assert file.number in browser(path.reviewer.user).get("/inbox/?view=waiting").content.decode()
    assert file.number not in by_phone(path.reviewer.account).get("/inbox/?view=waiting").content.decode()


def test_what_one_passed_on_is_not_shown_once_the_post_has_ended(path: Path) -> None:
    file = path.to(State.REVIEWED)
    path.reviewer.account.posts.update(ended_at=clock.now())  # type: ignore[attr-defined]
    assert file.number not in browser(path.reviewer.user).get("/inbox/?view=waiting").content.decode()


@pytest.mark.parametrize(
    "address", ["/accounts/2fa/", "/accounts/2fa/webauthn/add/", "/accounts/password/change/"]
)
def test_a_phone_code_sets_no_password_and_no_passkey(path: Path, address: str) -> None:
    """They would open, by the other door, the posts that the phone does not."""
    assert by_phone(path.reviewer.account).get(address).status_code == 403
    assert by_phone(path.reviewer.account).get("/accounts/logout/").status_code == 200


# Asking about people


def test_only_the_duty_learns_anything_from_taking_an_application_in(path: Path, tree: Tree) -> None:
    """The answers would tell who is registered and who has a hardship file."""
    with_file = path.apply().person.id_number
    without, nobody = a_person(tree.willow).id_number, "99" + "0" * 16
    worker = a_worker(tree.spring)
    for number in (with_file, without, nobody):
        with pytest.raises(NotAllowed, match="没有这个岗位"):
            take_in(actor=worker, id_number=number, **APPLICATION)


def test_a_colleague_elsewhere_gets_one_answer_for_everybody(path: Path, tree: Tree) -> None:
    with_file, without = path.apply().person.id_number, a_person(tree.willow).id_number
    elsewhere = who(REVIEWER, tree.quarry)
    said = set()
    for number in (with_file, without):
        with pytest.raises(Refused) as refusal:
            take_in(actor=elsewhere, id_number=number, **APPLICATION)
        said.add(str(refusal.value))
    assert len(said) == 1 and "柳塘" not in said.pop()


def test_a_number_alone_gives_no_name(path: Path, tree: Tree) -> None:
    clerk = who(MEMBERSHIP_CLERK, tree.quarry)
    victim, head = a_person(tree.willow, "柳青萍"), a_person(tree.quarry)
    household = form_household(head, actor=clerk)
    number = victim.id_number
    with pytest.raises(Refused, match="另一个姓名"):
        add_to_household(household, actor=clerk, name="某人", id_number=number, relation="child")
    with pytest.raises(Refused, match="另一个姓名"):
        enrol(actor=clerk, name="某人", id_number=number, unit=tree.quarry.number, joined_on="2026-03-02")


def test_trying_numbers_out_over_the_api_is_slowed_down(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("niangjia.web.shell.limits.MOST_IDENTITY_CHECKS", 2)
    client = browser(who(MEMBERSHIP_CLERK, path.unit).user)
    answers = [
        client.post("/api/v1/members/", {"name": "某人"}, content_type="application/json") for _ in range(3)
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
