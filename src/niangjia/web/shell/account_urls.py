"""The part of allauth that is open here: no sign-up, no e-mail, passwords reset by administrators only."""

from allauth.account import views
from django.urls import include, path

from niangjia.web.shell import accounts

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", accounts.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", accounts.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
