"""Writes about one row: found, the body taken as a form, done once however often it is sent."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from niangjia.kernel.access import Actor
from niangjia.organisation.forms import ActionForm
from niangjia.web.api.bodies import taken
from niangjia.web.api.door import actor_of, do_once

Find = Callable[[Actor, UUID], Any]


def acted(
    request: HttpRequest, form: type[ActionForm], do: Callable[..., Any], find: Find, public_id: UUID
) -> Any:
    """The row as it is afterwards, whatever `do` gives back."""
    actor = actor_of(request)
    found, fields = find(actor, public_id), taken(request, form)
    do_once(request, lambda: do(found, actor=actor, **fields), lambda _done_id: found)
    return find(actor, public_id)


def made(
    request: HttpRequest, form: type[ActionForm], do: Callable[..., Any], find: Find, *about: Any
) -> Any:
    """The row that `do` makes, of what it is about and what the form says."""
    actor = actor_of(request)
    fields = taken(request, form)
    row = do_once(
        request,
        lambda: do(*about, actor=actor, **fields),
        lambda made_id: find(actor, made_id),
    )
    return find(actor, row.public_id)
