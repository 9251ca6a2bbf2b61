"""What the steps of union building do beyond their own case: employers held and freed, numbers, the union itself."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kernel import audit, clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused, WrongState
from niangjia.organisation import parameters
from niangjia.organisation.actions import committees, unions
from niangjia.organisation.building import acceptance, queries
from niangjia.organisation.building.kinds import CLOSED_STATES, SEVERAL_EMPLOYERS, WITHOUT_EMPLOYER
from niangjia.organisation.building.parameters import OPINION_ISSUER
from niangjia.organisation.kinds import OfficerRole, SeatRoute, UnionLevel
from niangjia.organisation.models import BuildingEmployer, Employer, Officer, UnionBody, UnionBuilding


def begin(unit: UnionBody, employers: Sequence[Employer], **facts: Any) -> UnionBuilding:
    """A new case under the union that answers for it, holding its employers."""
    if unit.is_dissolved:
        raise WrongState(_("“%s”已撤销，请选择现有的工会承办。") % unit.name)
    if facts.get("operating_since") is None:
        opened = [employer.opened_on for employer in employers if employer.opened_on is not None]
        facts["operating_since"] = min(opened, default=None)
    year = clock.today().year
    [number] = numbering.draw(f"union-building/{year}")
    case = UnionBuilding.objects.create(
        number=f"JH{year}{number:06d}", unit=unit, begun_on=clock.today(), **facts
    )
    hold_employers(case, employers)
    return case


def hold_employers(case: UnionBuilding, employers: Sequence[Employer]) -> list[BuildingEmployer]:
    """Into this case and no other. Whoever comes second learns which case was first."""
    ids = [employer.pk for employer in employers]
    locked = Employer.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    links = []
    for employer in locked:
        _must_be_free(employer)
        links.append(BuildingEmployer.objects.create(building=case, employer=employer, added_at=clock.now()))
    return links


def _must_be_free(employer: Employer) -> None:
    if employer.union_id is not None:
        raise Refused(_("“%s”已经建会，无需立项。") % employer.name)
    if running := queries.running_case(employer):
        raise Refused(
            _("“%(employer)s”已在建会工作 %(number)s 中，请在那一件上办理，或把线索并过去。")
            % {"employer": employer.name, "number": running.number}
        )


def release_employers(case: UnionBuilding) -> None:
    case.links.filter(released_at=None).update(released_at=clock.now())


def check_employers(case: UnionBuilding) -> None:
    """As many employers as the kind of union wants, none of which has a union by now."""
    links = list(queries.employers_in(case))
    if not links and case.kind not in WITHOUT_EMPLOYER:
        raise Refused(_("还没有登记单位。请先在“单位”中加入，再报筹备。"))
    if len(links) < 2 and case.kind in SEVERAL_EMPLOYERS:
        raise Refused(
            _("联合工会由两家以上单位组成，现在只有 %d 家。请加入单位，或改为单独建会。") % len(links)
        )
    if len(links) > 1 and case.kind not in (*SEVERAL_EMPLOYERS, *WITHOUT_EMPLOYER):
        raise Refused(_("有 %d 家单位，请选择联合工会、市场工会等类型。") % len(links))
    for link in links:
        if link.employer.union_id is not None:
            raise Refused(_("“%s”已经有了工会，请先把它移出。") % link.employer.name)


def absorb(case: UnionBuilding, into: UnionBuilding) -> None:
    """The lead goes where the work is; what hangs on it stays with it."""
    into = UnionBuilding.objects.select_for_update(no_key=True, of=("self",)).get(pk=into.pk)
    if into.state in CLOSED_STATES:
        raise Refused(_("%s已经结束，不能并入。") % into.number)
    case.absorbed_by = into
    release_employers(case)


# Each union counts its own opinions; the word before the number is the region's.
OPINION = numbering.Numbering("union-opinion", "{mark}〔{year}〕{number}号")


def opinion_number(case: UnionBuilding) -> str:
    """字号, gapless per union and year: 工建意〔2026〕3号."""
    word = str(parameters.value(OPINION_ISSUER, case.unit, clock.today()))
    return OPINION.draw(case.unit_id, word).text


def found(case: UnionBuilding, *, actor: Actor, name: str, number: str, founded_on: date) -> UnionBody:
    """The union in the tree, under the union that approved it, with its employers."""
    check_employers(case)
    union = unions.establish(
        case.unit,
        {
            "name": name,
            "number": number,
            "kind": case.kind,
            "level": UnionLevel.GRASSROOTS,
            "region": case.unit.region,
            "founded_on": founded_on,
        },
        actor=actor,
    )
    links = list(queries.employers_in(case))
    ids = sorted(link.employer_id for link in links)
    employers = list(Employer.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    if any(employer.union_id is not None for employer in employers):
        raise Refused(_("有单位在此期间已经建会，请刷新后核对。"))
    Employer.objects.filter(pk__in=ids).update(union=union)
    audit.append(
        [audit.Link(employer, "gain_union", {"union": union.number}) for employer in employers], actor=actor
    )
    release_employers(case)
    _install_bodies(case, union, actor)
    return union


def _install_bodies(case: UnionBuilding, union: UnionBody, actor: Actor) -> None:
    """Who was elected takes office, from the day of the assembly and for the term that was voted."""
    assembly = acceptance.last_assembly(case)
    assert assembly is not None, "nothing is approved without an assembly"
    from_on = max(assembly.held_on, union.founded_on)
    seated: dict[str, list[Officer]] = {}
    for result in case.elected.filter(voided_at=None).order_by("pk"):
        route = SeatRoute.APPOINTED if result.vote_count is None else SeatRoute.ELECTED
        officer = Officer(name=result.name, role=result.role, route=route)
        if result.role == OfficerRole.ORGANISER:
            committees.install_organiser(union, officer, actor=actor, from_on=from_on)
        else:
            seated.setdefault(result.body, []).append(officer)
    for body, officers in seated.items():
        years = assembly.term_years
        committees.install(union, body, officers, actor=actor, from_on=from_on, term_years=years)
