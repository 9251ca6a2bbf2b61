"""What the peers on arrays tell of facts that are not known: a status for each household, the list of what it lacks."""

import numpy
import pyarrow

MOST = 1_000_000_000
CITIES = ("镇江", "南京", "徐州", "宿迁")
STATUSES = pyarrow.array(["decided", "incomplete"])
# In the order in which they are told.
NAMES = (
    "车价",
    "成员",
    "成员.月收入",
    "城市",
    "成员.刚性医疗",
    "成员.刚性教育",
    "意外支出",
    "自付",
    "挂号费",
    "检查费",
)


def out_of_range(fen: numpy.ndarray) -> numpy.ndarray:
    return (fen < 0) | (fen > MOST)


def told(lacking: dict[str, numpy.ndarray]) -> tuple[numpy.ndarray, pyarrow.Array, pyarrow.Array]:
    """(incomplete, status, missing) of the households, from a mask for each name; the few patterns are spelt once."""
    pattern = numpy.zeros(len(lacking["成员"]), dtype=numpy.int16)
    for place, name in enumerate(NAMES):
        if lacking[name].any():
            pattern |= lacking[name].astype(numpy.int16) << place
    incomplete = pattern > 0
    found, places = numpy.unique(pattern[incomplete], return_inverse=True)
    words = ["、".join(name for place, name in enumerate(NAMES) if code >> place & 1) for code in found]
    indices = numpy.zeros(len(pattern), dtype=numpy.int32)
    indices[incomplete] = places
    missing = pyarrow.DictionaryArray.from_arrays(
        pyarrow.array(indices, mask=~incomplete), pyarrow.array(words, pyarrow.string())
    )
    status = pyarrow.DictionaryArray.from_arrays(pyarrow.array(incomplete.astype(numpy.int8)), STATUSES)
    return incomplete, status.cast(pyarrow.string()), missing.cast(pyarrow.string())
