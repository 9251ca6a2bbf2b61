"""Personal data at rest: sealed columns, blind indexes to find them by, masks, key rotation."""

from niangjia.kernel.fields.envelope import Unreadable
from niangjia.kernel.fields.index import (
    BlindIndexField,
    blind_index,
    found_by,
    found_by_hashes,
    hashes_of_many,
    index_of,
)
from niangjia.kernel.fields.masks import mask_card, mask_id_number, mask_name, mask_phone
from niangjia.kernel.fields.ordered import OrderedCharField
from niangjia.kernel.fields.rows import SealedModel, SealedQuerySet
from niangjia.kernel.fields.text import EncryptedTextField

__all__ = [
    "BlindIndexField",
    "EncryptedTextField",
    "OrderedCharField",
    "SealedModel",
    "SealedQuerySet",
    "Unreadable",
    "blind_index",
    "found_by",
    "found_by_hashes",
    "hashes_of_many",
    "index_of",
    "mask_card",
    "mask_id_number",
    "mask_name",
    "mask_phone",
]
