from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from niangjia.web.shell import bulk, documents, inbox, steps, views

urlpatterns = [
    path("", views.home, name="home"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("cases/<slug:workflow_name>/many/<slug:slug>/", bulk.bulk, name="bulk"),
    path("cases/<slug:workflow_name>/new/<slug:slug>/", steps.begin, name="begin"),
    path("cases/<slug:workflow_name>/<uuid:public_id>/<slug:slug>/", steps.step, name="step"),
    path("print/<slug:name>/<uuid:public_id>/", documents.print_page, name="print_page"),
    path("print/<slug:name>/<uuid:public_id>/<slug:suffix>/", documents.print_copy, name="print_copy"),
    path("issue/<slug:name>/<uuid:public_id>/", documents.issue_page, name="issue"),
    path("issued/<uuid:public_id>/", documents.issued, name="issued"),
    path("issued/<uuid:public_id>/void/", documents.issued_void, name="issued_void"),
    path("issued/<uuid:public_id>/<slug:suffix>/", documents.issued_copy, name="issued_copy"),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("type-size/", views.type_size, name="type_size"),
    path("style/", views.style, name="style"),
    path("style/<slug:house>/", views.style, name="style_house"),
]
