"""All addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("niangjia.web.shell.urls")),
    path("accounts/", include("niangjia.web.shell.account_urls")),
    path("api/v1/", include("niangjia.web.api.urls")),
    path("", include("niangjia.web.workbench.urls")),
    path("field/", include("niangjia.web.field.urls")),
    path("m/", include("niangjia.web.portal.urls")),
    path("", include("niangjia.web.public.urls")),
]

handler400 = "niangjia.web.shell.refusals.bad_request"
handler403 = "niangjia.web.shell.refusals.forbidden"
handler404 = "niangjia.web.shell.refusals.not_found"
handler429 = "niangjia.web.shell.refusals.too_many"
handler500 = "niangjia.web.shell.refusals.broken"
