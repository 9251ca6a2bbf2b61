"""The API's addresses, all under /api/v1/."""

from niangjia.assistance.workflow import hardship
from niangjia.web.api import hardship as hardship_api
from niangjia.web.api import register
from niangjia.web.api.door import api

api.add_router(f"/{hardship.name}/", hardship_api.router)
api.add_router("", register.router)

urlpatterns = api.urls
