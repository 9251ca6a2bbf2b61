"""On SQLite one process at a time runs jobs, for more would wait. PostgreSQL takes any number."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from niangjia.kernel.errors import Refused


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock, or refuse at once. Who holds it knows that no other run can be alive."""
    lock = _lock_file()
    if lock is None:
        yield
        return
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                _("这个 SQLite 数据库已有一个 worker 在运行；请先停止它，或改用 PostgreSQL 后再增加 worker。")
            ) from None
        yield


def _lock_file() -> Path | None:
    """Beside the database file; a database in memory has no other process to fear."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name == ":memory:" or "mode=memory" in name:
        return None
    return Path(f"{name}.worker")
