from django.urls import path

from niangjia.web.portal import benefits, card, consents, entitled, join, login, matters, me, plans, register
from niangjia.web.public import hints

urlpatterns = [
    path("", matters.home, name="portal_home"),
    path("apply/", matters.apply_page, name="portal_apply"),
    path("matters/", matters.matters, name="portal_matters"),
    path("matters/<uuid:public_id>/", matters.matter, name="portal_matter"),
    path("matters/<uuid:public_id>/papers/", matters.add_paper, name="portal_add_paper"),
    path("papers/<uuid:public_id>/void/", matters.void_paper, name="portal_void_paper"),
    path("matters/<uuid:public_id>/<slug:slug>/", matters.step, name="portal_step"),
    path("entitled/", entitled.entitled, name="portal_entitled"),
    path("entitled/<uuid:public_id>/", entitled.decline, name="portal_entitled_decline"),
    path("benefits/", benefits.schemes, name="portal_benefits"),
    path("benefits/<str:number>/apply/", benefits.ask, name="portal_benefit_apply"),
    path("benefits/<uuid:public_id>/", benefits.matter, name="portal_benefit"),
    path("benefits/<uuid:public_id>/papers/", benefits.add_paper, name="portal_benefit_paper"),
    path("benefit-papers/<uuid:public_id>/void/", benefits.void_paper, name="portal_benefit_paper_void"),
    path("benefits/<uuid:public_id>/<slug:slug>/", benefits.step, name="portal_benefit_step"),
    path("login/", login.ask_phone, name="portal_login"),
    path("login/code/", login.ask_code, name="portal_login_code"),
    path("card/", card.card, name="portal_card"),
    path("card/code/", card.card_code, name="portal_card_code"),
    path("join/", join.join_pool, name="portal_join_pool"),
    path("join/<str:number>/", join.join_union, name="portal_join"),
    path("membership/", register.my_membership, name="portal_membership"),
    path("membership/transfer/", register.ask_transfer, name="portal_transfer"),
    path("cases/<slug:workflow_name>/<uuid:public_id>/", register.case, name="portal_case"),
    path(
        "cases/<slug:workflow_name>/<uuid:public_id>/<slug:slug>/",
        register.case_step,
        name="portal_case_step",
    ),
    path("aid-plans/<uuid:public_id>/", plans.plan, name="portal_plan"),
    path("schooling/<uuid:public_id>/", plans.schooling_case, name="portal_schooling"),
    path("hints/", hints.own_hints, name="portal_hints"),
    path("consents/", consents.consents, name="portal_consents"),
    path("consents/<slug:name>/give/", consents.consent_give, name="portal_consent_give"),
    path("consents/<slug:name>/withdraw/", consents.consent_withdraw, name="portal_consent_withdraw"),
    path("me/", me.me, name="portal_me"),
]
