"""Sessions in the database as Django keeps them. Every request asks for one, so that query is compiled once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from niangjia.kernel.prepared import NOBODY, ByKey


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found = _sessions(self.session_key)
        if found and found[0].expire_date > timezone.now():
            return found[0]
        self._session_key = None
        return None


_sessions = ByKey(lambda: Session.objects.filter(session_key=NOBODY).order_by())
