"""Attachments: sniffed, limited, cleaned, sealed at rest, served only to whoever a domain query let through.

`store` takes an upload in, `download` gives it back. A domain refers to a `StoredFile` by a foreign key with
PROTECT; one that nothing refers to for a week is an abandoned upload and is collected.
"""

from niangjia.kernel.files import housekeeping
from niangjia.kernel.files.actions import LIMIT, keep, store
from niangjia.kernel.files.kinds import DOCUMENTS, IMAGES, FileKind
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.serving import Download, download, for_printing, open_stream, preview
from niangjia.kernel.files.vault import Damaged, StorageFull

__all__ = [
    "DOCUMENTS",
    "IMAGES",
    "LIMIT",
    "Damaged",
    "Download",
    "FileKind",
    "StorageFull",
    "StoredFile",
    "download",
    "for_printing",
    "housekeeping",
    "keep",
    "open_stream",
    "preview",
    "store",
]
