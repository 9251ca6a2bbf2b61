"""The product's addresses, a trivial view, and the members in Django's admin: same rows, same columns, same order."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from niangjia.kernel.access import Actor
from niangjia.membership import queries
from niangjia.membership.models import Member


@login_not_required
def trivial(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


class OpenSite(admin.AdminSite):
    """The product's accounts have no admin flags; whoever is signed in may look."""

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_authenticated)


class Members(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("person_name", "number", "unit", "employer", "joined_on", "left_on")
    list_select_related = ("person", "unit", "employer")
    list_per_page = 50
    ordering = ("unit__path", "pk")

    @admin.display(ordering="person__name")
    def person_name(self, member: Member) -> str:
        return member.person.name

    def get_queryset(self, request: HttpRequest) -> Any:
        return queries.members_visible_to(Actor.of(request.user))  # type: ignore[arg-type]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


site = OpenSite(name="admin")
site.register(Member, Members)

urlpatterns = [
    path("bench/trivial/", trivial),
    path("bench/admin/", site.urls),
    path("", include("niangjia.config.urls")),
]
