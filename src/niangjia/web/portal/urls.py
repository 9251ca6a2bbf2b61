from django.urls import path

from niangjia.web.portal import login

urlpatterns = [
    path("login/", login.ask_phone, name="portal_login"),
    path("login/code/", login.ask_code, name="portal_login_code"),
]
