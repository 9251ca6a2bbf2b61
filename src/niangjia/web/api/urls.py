"""The API's addresses, all under /api/v1/."""

from django.urls import path

from niangjia.assistance.pairing.workflow import pairing
from niangjia.assistance.plans.measures import aid_measure
from niangjia.assistance.plans.workflow import aid_plan
from niangjia.assistance.schooling.workflow import schooling
from niangjia.assistance.spot_checks.workflow import spot_check
from niangjia.assistance.workflow import hardship
from niangjia.benefits.workflow import application as benefit_application
from niangjia.benefits.workflow import scheme
from niangjia.membership.duplicates.workflow import person_merge
from niangjia.membership.workflow import application, membership, transfer
from niangjia.notices.workflow import notice, objection
from niangjia.organisation.building.workflow import building
from niangjia.web.api import (
    benefits,
    cards,
    committees,
    consents,
    data_provisions,
    docs,
    documents,
    duplicates,
    economic_checks,
    employers,
    family,  # noqa: F401  adds its routes to those of hardship files
    figures,
    grid,
    home_visits,
    mine,
    notices,
    points,
    posts,
    proposals,
    realname,
    register,
    spot_checks,
    teams,
    twinning,
    uploads,
    villages,
)
from niangjia.web.api import building as building_api
from niangjia.web.api import hardship as hardship_api
from niangjia.web.api import membership as membership_api
from niangjia.web.api import pairing as pairing_api
from niangjia.web.api import plans as plans_api
from niangjia.web.api.door import api

api.add_router("", mine.router)
api.add_router(f"/{hardship.name}/", hardship_api.router)
api.add_router(f"/{aid_plan.name}/", plans_api.plans)
api.add_router(f"/{aid_measure.name}/", plans_api.measures)
api.add_router("", plans_api.others)
api.add_router(f"/{pairing.name}/", pairing_api.pairings)
api.add_router(f"/{schooling.name}/", pairing_api.cases)
api.add_router(f"/{spot_check.name}/", spot_checks.checks)
api.add_router("/twinning/", twinning.twinnings)
api.add_router("/twinning-help/", twinning.helps)
api.add_router("/county-project/", twinning.projects)
api.add_router("", twinning.others)
api.add_router("/paired-village/", villages.villages)
api.add_router("/village-posting/", villages.postings)
api.add_router("/village-dividend/", villages.dividends)
api.add_router("", villages.others)
api.add_router(f"/{building.name}/", building_api.router)
api.add_router("", building_api.others)
api.add_router("/attachments/", hardship_api.attachments)
api.add_router("/economic-checks/", economic_checks.router)
api.add_router("/home-visits/", home_visits.router)
api.add_router(f"/{application.name}/", membership_api.applications)
api.add_router(f"/{membership.name}/", membership_api.memberships)
api.add_router(f"/{transfer.name}/", membership_api.transfers)
api.add_router("", register.router)
api.add_router("", posts.router)
api.add_router("", committees.router)
api.add_router("", employers.router)
api.add_router("", points.router)
api.add_router("", grid.router)
api.add_router("", teams.router)
api.add_router("/public/", points.public)
api.add_router("", cards.router)
api.add_router("/measures/", figures.router)
api.add_router("", documents.router)
api.add_router("", uploads.router)
api.add_router(f"/{person_merge.name}/", duplicates.merges)
api.add_router(f"/{notice.name}/", notices.notices)
api.add_router(f"/{objection.name}/", notices.objections)
api.add_router("", consents.router)
api.add_router("/data-provisions/", data_provisions.router)
api.add_router(f"/{scheme.name}/", benefits.schemes)
api.add_router(f"/{benefit_application.name}/", benefits.applications)
api.add_router("", benefits.others)
api.add_router("", proposals.router)
api.add_router("", realname.router)
api.add_router("", duplicates.router)

urlpatterns = [path("docs/", docs.docs, name="api_docs"), path("", api.urls)]
