"""Text that is compared byte by byte, in both databases."""

from typing import TYPE_CHECKING, Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField

if TYPE_CHECKING:
    Text = CharField[str, str]
else:
    Text = CharField


class OrderedCharField(Text):
    """PostgreSQL is told to sort by bytes, which is what SQLite does unasked.

    So "begins with" is a range that an index serves, whatever language the database was set up in.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        collation = {"collation": "C"} if connection.vendor == "postgresql" else {}
        return {**super().db_parameters(connection), **collation}
