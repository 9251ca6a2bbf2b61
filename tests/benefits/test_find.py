"""政策找人: the register is put to the open schemes; what changes is written, and nothing else."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from pytest_django import Settings

from niangjia.benefits.kinds import Basis, Finding, PeriodRule
from niangjia.benefits.models import Proposal, Scheme
from niangjia.benefits.proposals import finding
from niangjia.kernel.access import CLOCK
from niangjia.membership import actions
from niangjia.membership.models import Member, Person
from tests.benefits.people import a_migrant
from tests.benefits.rules import a_scheme
from tests.cast import Tree
from tests.families import DAY, a_person, a_worker


def run(*schemes: Scheme, on: date = DAY) -> dict[str, dict[str, int]]:
    found = finding.find(schemes, on, actor=CLOCK)
    return {
        number: {name: count for name, count in tally.counts.items() if count}
        for number, tally in found.items()
    }


def findings(scheme: Scheme) -> dict[str, tuple[str, Decimal | None, str]]:
    rows = Proposal.objects.filter(scheme=scheme).select_related("person")
    return {row.person.name: (row.finding, row.amount, row.wanting) for row in rows}


def joined(person: Person, day: str) -> Person:
    Member.objects.filter(person=person).update(joined_on=day)
    return person


def test_whoever_is_entitled_is_found_with_the_amount(tree: Tree, rules: None) -> None:
    old, young = joined(a_person(tree.mill), "2016-03-02"), joined(a_person(tree.mill), "2025-03-02")
    scheme = a_scheme(tree.city, "loyal")
    tally = run(scheme)
    found = findings(scheme)
    assert found[old.name] == (Finding.ENTITLED, Decimal("1200.00"), "")
    assert young.name not in found
    assert tally == {scheme.number: {"new": len(found)}}


def test_only_what_changed_is_written(tree: Tree, rules: None) -> None:
    person = joined(a_person(tree.mill), "2016-03-02")
    scheme = a_scheme(tree.city, "loyal")
    run(scheme)
    before = dict(Proposal.objects.values_list("pk", "changed_on"))
    assert run(scheme) == {scheme.number: {}}
    joined(person, "2026-01-02")
    assert run(scheme) == {scheme.number: {"lapsed": 1}}
    assert findings(scheme)[person.name] == (Finding.LAPSED, None, "")
    joined(person, "2016-02-02")
    assert run(scheme) == {scheme.number: {"changed": 1}}
    assert findings(scheme)[person.name] == (Finding.ENTITLED, Decimal("1210.00"), "")
    assert set(Proposal.objects.values_list("pk", flat=True)) == set(before)


def test_one_wanting_fact_is_nearly_and_named(tree: Tree, rules: None) -> None:
    migrant, local = a_migrant(tree.mill), a_person(tree.mill)
    scheme = a_scheme(tree.city, "migrants")
    run(scheme)
    found = findings(scheme)
    assert found[migrant.name] == (Finding.NEARLY, None, "花费")
    assert local.name not in found


def test_a_claim_is_not_missed_by_whoever_had_no_event(tree: Tree, rules: None) -> None:
    a_migrant(tree.mill)
    scheme = a_scheme(tree.city, "migrants", basis=Basis.CLAIM, period_rule=PeriodRule.EVENT)
    assert run(scheme) == {scheme.number: {}}


def test_within_the_distance_of_the_scheme_is_nearly(tree: Tree, rules: None) -> None:
    close, far = joined(a_person(tree.mill), "2021-06-02"), joined(a_person(tree.mill), "2025-03-02")
    scheme = a_scheme(tree.city, "loyal", near={"会员月数": "3"})
    run(scheme)
    found = findings(scheme)
    assert found[close.name] == (Finding.NEARLY, None, "会员月数")
    assert far.name not in found


def test_a_household_is_found_once_and_its_head_speaks_for_it(tree: Tree, rules: None) -> None:
    worker = a_worker(tree.willow)
    head = Person.objects.get(user=worker.user_id)
    household = actions.form_household(head, actor=worker)
    scheme = a_scheme(tree.city, "families", basis=Basis.HOUSEHOLD)
    assert run(scheme) == {scheme.number: {}}
    other = a_person(tree.willow)
    household.memberships.create(person=other, relation="spouse")
    assert run(scheme) == {scheme.number: {"new": 1}}
    [row] = Proposal.objects.filter(scheme=scheme)
    assert (row.person, row.household, row.amount) == (head, household, Decimal("300.00"))


def test_a_scheme_looks_no_further_than_its_own_unions(tree: Tree, rules: None) -> None:
    inside, outside = (joined(a_person(unit), "2016-03-02") for unit in (tree.mill, tree.willow))
    scheme = a_scheme(tree.mill, "loyal")
    run(scheme)
    assert inside.name in findings(scheme)
    assert outside.name not in findings(scheme)


def test_a_policy_out_of_force_stops_no_other(tree: Tree, rules: None) -> None:
    joined(a_person(tree.mill), "2016-03-02")
    gone, there = a_scheme(tree.city, "nowhere"), a_scheme(tree.city, "loyal")
    found = finding.find([gone, there], DAY, actor=CLOCK)
    assert "990000/nowhere" in found[gone.number].refusal
    assert found[there.number].new > 0


def test_nothing_of_the_register_is_left_on_disk(tree: Tree, rules: None, settings: Settings) -> None:
    a_person(tree.mill)
    run(a_scheme(tree.city, "loyal"))
    assert list(Path(settings.SPOOL_FOLDER).glob("register-*")) == []
