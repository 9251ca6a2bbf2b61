"""A query compiled once answers as Django's own does, for every key."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from niangjia.kernel import clock
from niangjia.kernel.prepared import NOBODY, Children, compiled
from niangjia.kernel.sessions import SessionStore
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import HouseholdMembership, Person
from niangjia.membership.queries import current_members, family
from niangjia.organisation.access import ADMINISTRATOR
from niangjia.organisation.models import Post
from tests.cast import Tree, who
from tests.families import Path

pytestmark = pytest.mark.django_db

POSTS = Children(Post, "unit", lambda rows: rows.select_related("user").prefetch_related("delegations"))


def test_children_are_those_of_their_owner_the_oldest_first(tree: Tree) -> None:
    for duty in (ADMINISTRATOR, MEMBERSHIP_CLERK):
        who(duty, tree.east)
    who(MEMBERSHIP_CLERK, tree.west)
    for union in (tree.east, tree.west, tree.city):
        wanted = list(union.posts.select_related("user").order_by("pk"))
        found = POSTS.of(union)
        assert found == wanted
        with CaptureQueriesContext(connection) as asked:
            assert [(row.duty, row.user.name) for row in found] == [
                (row.duty, row.user.name) for row in wanted
            ]
            assert all(row.unit is union for row in found)
            assert [list(row.delegations.all()) for row in found] == [[] for _row in found]
        assert len(asked) == 0, "what was joined and fetched beside is at hand"
    assert [len(POSTS.of(union)) for union in (tree.east, tree.west, tree.city)] == [2, 1, 0]


def test_deferred_columns_are_fetched_when_asked_for(tree: Tree) -> None:
    file = Path(tree).apply()
    found, wanted = family(file.household_id), list(current_members(file.household_id))
    assert found == wanted and found
    assert [one.get_deferred_fields() for one in found] == [one.get_deferred_fields() for one in wanted]
    assert [one.person.id_number for one in found] == [one.person.id_number for one in wanted]
    assert [one.from_on for one in found] == [one.from_on for one in wanted]
    HouseholdMembership.objects.update(until_on=file.applied_on)
    assert family(file.household_id) == []


def test_a_key_goes_wherever_it_is_asked_for(tree: Tree) -> None:
    mine, another = who(ADMINISTRATOR, tree.east).account, who(ADMINISTRATOR, tree.west).account
    either = compiled(Post.objects.filter(Q(user=NOBODY) | Q(pk__in=[NOBODY])).order_by())
    assert either(mine.pk) == list(Post.objects.filter(Q(user=mine) | Q(pk=mine.pk)))
    assert either(another.pk) != either(mine.pk)


def test_rows_that_no_key_names_are_refused() -> None:
    with pytest.raises(TypeError):
        compiled(Person.objects.filter(name="林知秋"))


def test_a_session_is_found_by_its_key_until_it_expires(tree: Tree, client: Client) -> None:
    account = who(ADMINISTRATOR, tree.east).account
    client.force_login(account)
    known = client.session
    assert isinstance(known, SessionStore) and known[SESSION_KEY] == str(account.pk)
    assert SessionStore("nobody's").load() == {} and SessionStore(None).load() == {}
    Session.objects.update(expire_date=clock.now())
    late = SessionStore(known.session_key)
    assert late.load() == {} and late.session_key is None
