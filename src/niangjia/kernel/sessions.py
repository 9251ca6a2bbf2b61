"""Sessions in the database as Django keeps them. Every request asks for one, so that query is compiled once."""

from collections.abc import Callable
from functools import cache

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from niangjia.kernel.prepared import NOBODY, compiled


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found = _sessions(connection.vendor)(self.session_key)
        if found and found[0].expire_date > timezone.now():
            return found[0]
        self._session_key = None
        return None


@cache
def _sessions(_vendor: str) -> Callable[[str | None], list[Session]]:
    return compiled(Session.objects.filter(session_key=NOBODY).order_by())
