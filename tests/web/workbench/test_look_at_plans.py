"""Plans and pairings on the desk: who comes from where, what is filled in beforehand, who finds nothing."""

from django.test import Client
from django.urls import reverse

from niangjia.assistance.plans import workflow
from niangjia.kernel.access import Actor
from tests.cast import Tree
from tests.plans import PairPath
from tests.web.workbench.conftest import text


def at_desk(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.account)
    return client


def test_the_clerk_goes_from_the_file_to_the_plan_and_the_lists(tree: Tree) -> None:
    way = PairPath(tree)
    clerk, file = at_desk(way.clerk), way.filed()
    page = clerk.get(reverse("hardship_file", args=[file.public_id]))
    begin = f"{reverse('begin', args=['aid-plan', 'draft'])}?file={file.number}"
    assert begin in page.content.decode()
    assert "收入变化" in text(page) and "申请时填写" in text(page)
    assert f'value="{file.number}"' in clerk.get(begin).content.decode()
    assert file.number in text(clerk.get(reverse("unpaired_files")))

    plan = way.draft(file)
    way.ready(plan)
    row = way.pair(file)
    assert "职业介绍" in text(clerk.get(reverse("aid_plan", args=[plan.public_id])))
    workflow.offer(plan, actor=way.clerk)
    shown = text(at_desk(way.worker).get(reverse("portal_plan", args=[plan.public_id])))
    assert "我家的收入变化" in shown and "申请时填写" in shown
    for route, words in (("aid_plans", plan.number), ("pairings", row.number)):
        assert words in text(clerk.get(reverse(route)))


def test_the_cadre_of_another_county_opens_the_pairing_and_nothing_else(tree: Tree) -> None:
    way = PairPath(tree)
    measure = way.measure_to("planned")
    row, cadre = way.pair(measure.plan.file), at_desk(way.cadre)
    assert row.number in text(cadre.get(reverse("pairings")))
    for route, found in (("pairing", row), ("aid_plan", measure.plan), ("aid_measure", measure)):
        assert cadre.get(reverse(route, args=[found.public_id])).status_code == 200
    assert cadre.get(reverse("hardship_file", args=[measure.plan.file.public_id])).status_code == 404
    assert cadre.get(reverse("aid_plans")).status_code == 403
