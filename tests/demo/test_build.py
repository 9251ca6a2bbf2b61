"""The demo city is what it promises to be: whole, invented, audited, with work on every desk."""

from collections import Counter
from io import StringIO

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db import models

from niangjia.assistance.kinds import Origin, State
from niangjia.assistance.models import AidPlan, Attachment, HardshipFile, Pairing, SchoolingCase
from niangjia.assistance.plans.kinds import MeasureState, PlanResult, PlanState
from niangjia.assistance.schooling.kinds import SchoolState
from niangjia.assistance.twinning import queries as twinnings
from niangjia.assistance.twinning.kinds import HelpState, ProjectState
from niangjia.assistance.villages import queries as villages
from niangjia.demo.models import DemoCity
from niangjia.demo.rounds import STEPS
from niangjia.demo.scale import SCALES
from niangjia.demo.staff import ACCOUNTS, PASSWORD
from niangjia.demo.workers import WORKERS
from niangjia.kernel import audit, clock, files
from niangjia.kernel.access import Actor
from niangjia.kernel.audit.verify import verify
from niangjia.kernel.documents import IssuedDocument
from niangjia.kernel.users import User
from niangjia.kernel.workflow.tasks import Task, on_desk_of
from niangjia.membership import queries as membership
from niangjia.membership.kinds import ApplicationState, MemberState, TransferState
from niangjia.membership.models import Household, Member, MembershipApplication, Person, Transfer
from niangjia.notices.models import Objection
from niangjia.organisation import parameters, uscc
from niangjia.organisation.building.kinds import State as BuildingState
from niangjia.organisation.models import (
    BlankSpotRelease,
    Committee,
    Delegation,
    Employer,
    EmployerPeriod,
    GridCell,
    GridWorker,
    Officer,
    ParameterValue,
    Post,
    Region,
    Representative,
    ServicePoint,
    Team,
    TeamMember,
    UnionBody,
    UnionBuilding,
)
from niangjia.organisation.queries import committees

SMALL = SCALES["small"]
AUDITED: tuple[type[models.Model], ...] = (
    Committee, Officer, Representative, ServicePoint, GridCell, GridWorker, Team, TeamMember,
    UnionBody, UnionBuilding, Employer, Post, Delegation, ParameterValue, Person, Member, Household, HardshipFile,
    MembershipApplication, Transfer,
)  # fmt: skip


def of(username: str) -> Actor:
    return Actor.of(User.objects.get(username=username))


@pytest.mark.usefixtures("city")
def test_it_has_as_many_rows_as_its_scale_says() -> None:
    founded = UnionBuilding.objects.filter(state="founded")
    assert UnionBuilding.objects.count() >= SMALL.buildings
    assert UnionBody.objects.count() == SMALL.unions + founded.count()
    assert Employer.objects.count() == SMALL.employers
    assert Person.objects.count() == SMALL.people
    assert HardshipFile.objects.values("household").distinct().count() == SMALL.households
    organised = Employer.objects.filter(building_links__building__in=founded).count()
    assert abs(Employer.objects.filter(union=None).count() + organised - SMALL.employers / 3) <= 1
    assert len(set(Attachment.objects.values_list("file"))) >= SMALL.papers
    assert DemoCity.objects.get().finished_at is not None
    counted = Counter(Member.objects.filter(left_on=None).values_list("unit", flat=True))
    assert counted == dict(UnionBody.objects.exclude(member_count=0).values_list("pk", "member_count"))


@pytest.mark.usefixtures("city")
def test_places_and_numbers_belong_to_nobody() -> None:
    assert {union.region.is_invented for union in UnionBody.objects.select_related("region")} == {True}
    for employer in Employer.objects.all():
        assert uscc.check(employer.uscc) == employer.uscc
        assert employer.uscc.startswith("99")
    for person in Person.objects.all():
        assert str(person.id_number)[:2] in {"99", "81", "82", "83"}
        assert person.phone == "" or person.phone.startswith("1540")
    phones = [person.phone for person in Person.objects.all() if person.phone]
    assert len(phones) == len(set(phones))
    assert Region.objects.filter(is_invented=False).count() > 40_000


@pytest.mark.usefixtures("city", "own_anchors")
def test_every_row_is_in_an_audit_trail_that_holds() -> None:
    # A worker's account is told of in the trail of the person.
    staff = User.objects.filter(person=None)
    for rows in (staff, *(model._base_manager.all() for model in AUDITED)):
        told = audit.AuditEntry.objects.filter(object_type=audit.object_type(rows.model), position=1)
        assert set(rows.values_list("pk", flat=True)) == set(told.values_list("object_id", flat=True))
    assert verify().is_sound


@pytest.mark.usefixtures("city")
def test_files_stand_in_every_state_in_time_and_late_and_came_back_once_or_twice() -> None:
    assert set(HardshipFile.objects.values_list("state", flat=True)) == set(State.values)
    open_files = HardshipFile.objects.exclude(due_on=None)
    assert open_files.filter(due_on__lt=clock.today()).exists()
    assert open_files.filter(due_on__gte=clock.today()).count() > open_files.count() / 2
    returns = Counter(
        audit.AuditEntry.objects.filter(action="ask_for_more").values_list("object_id", flat=True)
    )
    assert {1, 2} <= set(returns.values())
    assert not HardshipFile.objects.filter(state=State.ON_NOTICE, notice_until__lt=clock.today()).exists()


@pytest.mark.usefixtures("city")
def test_a_family_fell_back_and_follows_its_old_file() -> None:
    again = HardshipFile.objects.exclude(predecessor=None)
    assert again.filter(predecessor__state=State.EXITED, state=State.APPLIED).exists()


@pytest.mark.usefixtures("city")
def test_objections_were_dismissed_and_upheld_and_hold_something_up_today() -> None:
    assert set(Objection.objects.values_list("state", flat=True)) >= {
        "lodged",
        "inquiry",
        "dismissed",
        "upheld",
    }


@pytest.mark.usefixtures("city")
def test_families_filed_together_went_every_step_by_people_who_may() -> None:
    filed = HardshipFile.objects.filter(state=State.FILED, attachments=None)
    together = filed.exclude(origin=Origin.TAKEN_OVER)
    assert together.count() >= SMALL.filed_together
    for file in together:
        done = {entry.action: entry.actor_id for entry in audit.history(file)}
        assert set(STEPS) <= set(done)
        assert len({done["review"], done["record_visit"], done["approve"]}) == 3


@pytest.mark.usefixtures("city")
def test_files_of_the_former_system_were_taken_over_and_confirmed_by_two_people() -> None:
    taken_over = HardshipFile.objects.filter(origin=Origin.TAKEN_OVER)
    households = taken_over.values("household").distinct().count()
    assert households == SMALL.households - SMALL.files - SMALL.filed_together
    assert set(taken_over.values_list("state", flat=True)) >= {
        State.FILED,
        State.TAKEN_OVER,
        State.NOT_TAKEN_OVER,
    }
    for file in taken_over.filter(state=State.FILED):
        done = {entry.action: entry.actor_id for entry in audit.history(file)}
        assert done["take_over"] != done["confirm_take_over"]
    assert not taken_over.filter(due_on__lt=clock.today()).exists()


@pytest.mark.usefixtures("city")
def test_unions_are_being_built_at_every_stage_and_the_months_list_is_out() -> None:
    assert set(UnionBuilding.objects.values_list("state", flat=True)) == set(BuildingState.values)
    for case in UnionBuilding.objects.filter(state="founded"):
        assert case.union is not None and case.union.committees.exists()
    release = BlankSpotRelease.objects.get()
    assert not release.spots.filter(handled_at=None).exists()


@pytest.mark.usefixtures("city")
def test_applications_memberships_and_transfers_stand_in_every_state() -> None:
    for model, states in (
        (MembershipApplication, ApplicationState),
        (Transfer, TransferState),
        (Member, MemberState),
    ):
        assert set(model._base_manager.values_list("state", flat=True)) == set(states.values), model
    assert Transfer.objects.filter(is_at_residence=True, state=TransferState.RECEIVED).exists()
    # Whoever moved is a member once; the old union still has its row.
    moved = Transfer.objects.filter(state=TransferState.RECEIVED).values("member__person")
    assert set(
        Counter(
            Member.objects.filter(person__in=moved, left_on=None).values_list("person", flat=True)
        ).values()
    ) == {1}
    assert on_desk_of(of("membership")).exists()


@pytest.mark.usefixtures("city")
def test_letters_are_numbered_without_gaps_by_union_kind_and_year() -> None:
    series: dict[tuple[int, str, int], list[int]] = {}
    for made in IssuedDocument.objects.order_by("pk"):
        series.setdefault((made.unit_id, made.letter, made.year), []).append(made.number)
    assert {letter for _unit, letter, _year in series} == {
        "founding-reply",
        "member-certificate",
        "transfer-letter",
    }
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in series.values())
    assert IssuedDocument.objects.exclude(voided_at=None).exists()
    assert IssuedDocument.objects.filter(text__contains="工复〔").exists()


@pytest.mark.usefixtures("city")
def test_nothing_happened_later_than_today_or_out_of_order() -> None:
    entries = audit.AuditEntry.objects.order_by("object_type", "object_id", "position")
    last: dict[tuple[str, int], object] = {}
    for entry in entries:
        key = (entry.object_type, entry.object_id)
        assert entry.at <= clock.now()
        assert key not in last or entry.at >= last[key]  # type: ignore[operator]
        last[key] = entry.at


@pytest.mark.usefixtures("city")
def test_demo_accounts_sign_in_and_find_work() -> None:
    [sealed] = set(
        User.objects.filter(username__in=[a.username for a in ACCOUNTS]).values_list("password", flat=True)
    )
    assert check_password(PASSWORD, sealed)
    for account in ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert Actor.of(user).grants
    for username in (
        "reviewer",
        "visitor",
        "street",
        "clerk",
        "approver",
        "archivist",
        "leader",
        "organiser",
        "ratifier",
        "twinning",
    ):
        assert on_desk_of(of(username)).exists(), username
    assert any(grant.principal_id for grant in of("archivist").grants)


@pytest.mark.usefixtures("city")
def test_households_are_helped_by_plan_pair_and_school() -> None:
    out = AidPlan.objects.get(result=PlanResult.OUT)
    assert out.measures.filter(state=MeasureState.DONE).count() == 3
    first, last = out.file.incomes.values_list("yearly_income_amount", flat=True)
    assert last > first
    assert AidPlan.objects.filter(state=PlanState.IN_FORCE).exists()
    assert Pairing.objects.filter(visits__isnull=False, ended_on=None).exists()
    assert Pairing.objects.annotate(held=models.Count("stints")).filter(held=2).exists()
    twice = SchoolingCase.objects.get(drop_out_count=2)
    assert (twice.state, twice.supports.count()) == (SchoolState.SUPPORTED, 1)
    assert on_desk_of(of("schooling")).exists()


@pytest.mark.usefixtures("city")
def test_unions_help_unions_and_a_project_is_late() -> None:
    clerk = of("twinning")
    [county] = twinnings.overview(clerk, clock.today().year)
    assert len(county.helpers) == 1
    states = set(twinnings.help_visible_to(clerk).values_list("state", flat=True))
    assert {HelpState.PROMISED, HelpState.GIVEN, HelpState.ARRIVED} == states
    project = twinnings.projects_chosen(clerk, twinnings.Asked(overdue=True)).get()
    assert (project.state, twinnings.funded_amount(project)) == (ProjectState.STARTED, project.total_amount)


@pytest.mark.usefixtures("city")
def test_a_county_helps_two_villages_and_its_first_secretary_followed_another() -> None:
    secretary = of("village")
    village = villages.villages_visible_to(secretary).get()
    assert [one.state for one in villages.postings_of(village)] == ["posted", "relieved"]
    found = villages.totals(of("twinning"), clock.today().year - 1)
    assert (found.villages, found.officers, found.industries, found.area_mu) == (2, 1, 2, 240)
    assert found.shared > 130_000
    assert on_desk_of(of("leader")).filter(workflow="village-posting").exists()


@pytest.mark.usefixtures("city")
def test_every_open_task_is_on_the_desk_of_somebody() -> None:
    staff = [Actor.of(user) for user in User.objects.filter(posts__isnull=False).distinct()]
    taken = {task for actor in staff for task in on_desk_of(actor).values_list("pk", flat=True)}
    assert set(Task.objects.filter(closed_at=None, subject=None).values_list("pk", flat=True)) <= taken


@pytest.mark.usefixtures("city")
def test_demo_workers_have_files_in_the_states_that_the_table_tells() -> None:
    for worker in WORKERS:
        person = membership.person_by_phone(worker.phone)
        assert person is not None
        [file] = HardshipFile.objects.filter(person=person)
        assert (person.name, file.state) == (worker.name, worker.state)
        assert file.attachments.exists()


@pytest.mark.usefixtures("city")
def test_papers_are_pictures_that_open() -> None:
    stored = Attachment.objects.select_related("stored")[0].stored
    assert stored.media_type == "image/jpeg"
    assert b"".join(files.open_stream(stored)).startswith(b"\xff\xd8")


@pytest.mark.usefixtures("city")
def test_one_district_gives_a_longer_notice() -> None:
    districts = UnionBody.objects.filter(level="county").order_by("number")
    days = [parameters.value("hardship.publicity_days", district, clock.today()) for district in districts]
    assert days == [5, 7]


@pytest.mark.usefixtures("city")
def test_the_table_of_accounts_says_who_where_and_what_to_try() -> None:
    written = StringIO()
    call_command("demo", "accounts", stdout=written)
    table = written.getvalue()
    for account in ACCOUNTS:
        assert account.username in table and account.name in table and str(account.first) in table
    for worker in WORKERS:
        assert worker.phone in table
    assert PASSWORD in table


@pytest.mark.usefixtures("city")
def test_a_second_build_says_that_it_stands_already() -> None:
    people = Person.objects.count()
    written = StringIO()
    call_command("demo", "build", stdout=written)
    assert "已经建好" in written.getvalue()
    assert Person.objects.count() == people


@pytest.mark.usefixtures("city")
def test_a_database_with_data_of_its_own_is_left_alone() -> None:
    DemoCity.objects.all().delete()
    people = Person.objects.count()
    with pytest.raises(CommandError, match="不是演示库"):
        call_command("demo", "build", scale="small", stdout=StringIO())
    assert not DemoCity.objects.exists()
    assert Person.objects.count() == people


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("verb", ["accounts", "export"])
def test_without_a_city_there_is_nothing_to_show(verb: str) -> None:
    DemoCity.objects.all().delete()
    with pytest.raises(CommandError, match="没有演示城市"):
        call_command("demo", verb, stdout=StringIO())


@pytest.mark.usefixtures("city")
def test_terms_run_and_the_clerk_finds_what_falls_due() -> None:
    clerk = of("cadres")
    assert not committees.unions_without_committee(clerk).filter(member_count__gte=60).exists()
    assert committees.terms_ending(clerk, 366).exists()
    assert Committee.objects.exclude(ended_on=None).exists()
    chairs = Officer.objects.filter(until_on=None, role="chair").values_list("committee", flat=True)
    assert len(chairs) == len(set(chairs)) > 0
    told = {period.employer_id for period in EmployerPeriod.objects.exclude(until_on=None)}
    assert told
    for employer in Employer.objects.filter(pk__in=told):
        current = employer.periods.get(until_on=None)
        assert (current.name, current.staff_count, current.is_operating) == (
            employer.name,
            employer.staff_count,
            employer.is_operating,
        )


@pytest.mark.usefixtures("city")
def test_points_stand_where_no_city_is_and_every_cell_has_its_head() -> None:
    for point in ServicePoint.objects.all():
        assert point.latitude is not None and point.longitude is not None
        assert 40 < point.latitude < 41 and 90 < point.longitude < 91
    assert GridWorker.objects.filter(role="head", until_on=None).count() == GridCell.objects.count() > 0
    for seat in (*Officer.objects.all(), *GridWorker.objects.all()):
        assert seat.phone == "" or seat.phone.startswith("1540")
