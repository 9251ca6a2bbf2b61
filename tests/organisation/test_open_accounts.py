"""Accounts of the staff: opened with a post, a password shown once, closed by whoever answers for every post."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from niangjia.assistance.access import REVIEWER
from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, NotAllowed, WrongState
from niangjia.kernel.users import User
from niangjia.organisation import actions
from niangjia.organisation.access import ADMINISTRATOR
from niangjia.organisation.models import UnionBody
from niangjia.organisation.regions import load_regions
from tests.cast import Tree, a_post, who

NEW = {"username": "su.he", "name": "苏禾", "duty": REVIEWER.name, "title": "干事"}


def test_a_new_colleague_can_sign_in_and_holds_the_post(tree: Tree) -> None:
    user, password = actions.engage(actor=who(ADMINISTRATOR, tree.east), unit=tree.willow.public_id, **NEW)
    assert user.check_password(password)
    assert Actor.of(user).grants_for(REVIEWER, tree.willow.path)
    assert [entry.action for entry in audit.history(user)] == ["open_account"]


def test_no_account_without_the_right_to_appoint(tree: Tree) -> None:
    for actor in (who(ADMINISTRATOR, tree.west), who(REVIEWER, tree.willow)):
        with pytest.raises((Invalid, NotAllowed)):
            actions.engage(actor=actor, unit=tree.willow.public_id, **NEW)
    assert not User.objects.filter(username="su.he").exists()


@pytest.mark.parametrize("username", ["su", "Su.He", "苏禾", "su he", "9lives"])
def test_a_bad_login_name_is_refused_beside_its_field(tree: Tree, username: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.engage(
            actor=who(ADMINISTRATOR, tree.east), unit=tree.willow.public_id, **{**NEW, "username": username}
        )
    assert set(refused.value.problems) == {"username"}


def test_a_taken_login_name_is_said(tree: Tree) -> None:
    actions.engage(actor=who(ADMINISTRATOR, tree.east), unit=tree.willow.public_id, **NEW)
    with pytest.raises(Invalid, match="已被使用"):
        actions.engage(actor=who(ADMINISTRATOR, tree.east), unit=tree.willow.public_id, **NEW)


def test_a_reset_password_replaces_the_old_one(tree: Tree) -> None:
    user, old = actions.engage(actor=who(ADMINISTRATOR, tree.east), unit=tree.willow.public_id, **NEW)
    new = actions.reset_password(user, actor=who(ADMINISTRATOR, tree.east))
    assert user.check_password(new) and not user.check_password(old)


def test_whoever_does_not_answer_for_every_post_may_neither_reset_nor_close(tree: Tree) -> None:
    user, _ = actions.engage(actor=who(ADMINISTRATOR, tree.east), unit=tree.willow.public_id, **NEW)
    a_post(REVIEWER, tree.spring, user)
    for deed in (actions.reset_password, actions.close_account):
        with pytest.raises(NotAllowed):
            deed(user, actor=who(ADMINISTRATOR, tree.east))
        with pytest.raises(NotAllowed, match="自己"):
            deed(who(ADMINISTRATOR, tree.city).account, actor=who(ADMINISTRATOR, tree.city))


def test_a_closed_account_holds_nothing_any_more(tree: Tree) -> None:
    user, _ = actions.engage(actor=who(ADMINISTRATOR, tree.east), unit=tree.willow.public_id, **NEW)
    actions.close_account(user, actor=who(ADMINISTRATOR, tree.city))
    user.refresh_from_db()
    assert not user.is_active
    assert Actor.of(user).grants == ()
    with pytest.raises((NotAllowed, WrongState)):
        actions.close_account(user, actor=who(ADMINISTRATOR, tree.city))


@pytest.mark.django_db
def test_a_real_installation_begins_with_one_command() -> None:
    load_regions()
    said = StringIO()
    words = {"union": "云泽市总工会", "region": "330100000000", "username": "admin", "name": "唐明溪"}
    call_command("found", stdout=said, **words)
    root = UnionBody.objects.get()
    administrator = User.objects.get(username="admin")
    assert Actor.of(administrator).grants_for(ADMINISTRATOR, root.path)
    password = said.getvalue().split("初始密码 ")[1].split("。")[0]
    assert administrator.check_password(password)
    with pytest.raises(CommandError, match=r"已被使用|已经建立"):
        call_command("found", stdout=said, **words)
    assert User.objects.count() == 1
