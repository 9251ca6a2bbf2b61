"""The database engine named by the settings; Django looks for `DatabaseWrapper` in a module `base`."""

import select

import psycopg
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """A server that went away has closed the socket, which shows without a question to it.

        Saves every request a round trip. When anything waits to be read, Django's own way asks.
        """
        waiting = select.poll()
        try:
            waiting.register(self.connection.pgconn.socket, select.POLLIN)
        except psycopg.Error:
            return False
        return not waiting.poll(0) or bool(super().is_usable())
