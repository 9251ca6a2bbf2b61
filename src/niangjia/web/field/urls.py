from django.urls import path

from niangjia.web.field import visits

urlpatterns = [
    path("visits/", visits.visits, name="field_visits"),
    path("visits/key/", visits.key, name="field_key"),
    path("worker.js", visits.worker, name="field_worker"),
]
