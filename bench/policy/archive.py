"""Synthetic archives: households and members in random order, in fen, written as Parquet chunk by chunk.

Two per cent of the cases lie on a tier boundary or one fen beside it; optional and required inputs have gaps.
Sizes repeat a pattern of 6 households with 15 members, so 6 M households have exactly 15 M members.
"""

import sys
from collections.abc import Iterator
from math import gcd
from pathlib import Path

import numpy
import pyarrow
import pyarrow.parquet

SIZES = numpy.array([1, 2, 2, 3, 3, 4])
OWNERS = numpy.repeat(numpy.arange(6), SIZES)
CITIES = numpy.array(["镇江", "南京", "徐州", "宿迁"], dtype=object)
BOUNDARIES = numpy.array([2000_00, 3000_00, 6000_00, 10_000_00, 30_000_00, 80_000_00])
CHUNK = 600_000


def write(folder: Path, households: int, decimal: bool = False) -> None:
    """`households.parquet` and `members.parquet`; `decimal` stores money as DECIMAL(14,2) instead of fen."""
    folder.mkdir(parents=True, exist_ok=True)
    households -= households % 6
    _store(folder / "households.parquet", _households(households), decimal)
    _store(folder / "members.parquet", _members(households), decimal)


def _store(file: Path, chunks: Iterator[dict[str, pyarrow.Array]], decimal: bool) -> None:
    writer = None
    for chunk in chunks:
        columns = {name: _decimal(name, values) if decimal else values for name, values in chunk.items()}
        table = pyarrow.table(columns)
        writer = writer or pyarrow.parquet.ParquetWriter(file, table.schema)
        writer.write_table(table, row_group_size=120_000)
    if writer:
        writer.close()


def _decimal(name: str, values: pyarrow.Array) -> pyarrow.Array:
    if name == "户号" or not pyarrow.types.is_int64(values.type):
        return values
    # Fen and DECIMAL(14,2) share the unscaled integer: widen the bits, relabel the type.
    filled = values.fill_null(0).to_numpy(zero_copy_only=False)
    wide = numpy.empty((len(filled), 2), dtype=numpy.int64)
    wide[:, 0] = filled
    wide[:, 1] = filled >> 63
    bitmap = pyarrow.array(
        numpy.packbits(values.is_valid().to_numpy(zero_copy_only=False), bitorder="little")
    )
    buffers = [bitmap.buffers()[1], pyarrow.py_buffer(wide.tobytes())]
    return pyarrow.Array.from_buffers(pyarrow.decimal128(14, 2), len(filled), buffers)


def _money(random: numpy.random.Generator, count: int, mean: float, share: float = 1.0) -> numpy.ndarray:
    """Log-normal fen about `mean` yuan; a `share` of the rows has any."""
    drawn = (random.lognormal(numpy.log(mean * 100), 1.1, count)).astype(numpy.int64)
    drawn = numpy.minimum(drawn, 900_000_00)
    return numpy.where(random.random(count) < share, drawn, 0)


def _gaps(random: numpy.random.Generator, values: numpy.ndarray, share: float) -> pyarrow.Array:
    return pyarrow.array(values, mask=random.random(len(values)) < share)


def _households(households: int) -> Iterator[dict[str, pyarrow.Array]]:
    for start in range(0, households, CHUNK):
        count = min(CHUNK, households - start)
        random = numpy.random.default_rng([7, start])
        paid = _money(random, count, 9000, 0.7)
        edge = random.random(count) < 0.02
        paid[edge] = random.choice(BOUNDARIES, edge.sum()) + random.integers(-1, 2, edge.sum())
        yield {
            "户号": pyarrow.array(numpy.arange(start, start + count)),
            "城市": pyarrow.array(CITIES[random.choice(4, count, p=[0.4, 0.3, 0.2, 0.1])]),
            "二套房": _gaps(random, random.random(count) < 0.08, 0.02),
            "车价": _gaps(random, _money(random, count, 90_000, 0.3), 0.1),
            "意外支出": _gaps(random, _money(random, count, 20_000, 0.1), 0.5),
            "自付": _gaps(random, paid, 0.005),
            "挂号费": _gaps(random, _money(random, count, 60, 0.7), 0.1),
            "检查费": _gaps(random, _money(random, count, 900, 0.7), 0.1),
            "农民工": _gaps(random, random.random(count) < 0.35, 0.02),
            "参保": _gaps(random, random.random(count) < 0.6, 0.02),
        }


def _stride(members: int) -> int:
    """A step coprime to the number of members near its golden section: a permutation without a sort."""
    step = int(members * 0.6180339887) | 1
    while gcd(step, members) != 1:
        step += 2
    return step


def _members(households: int) -> Iterator[dict[str, pyarrow.Array]]:
    members = households // 6 * 15
    step = _stride(members)
    for start in range(0, members, CHUNK):
        count = min(CHUNK, members - start)
        random = numpy.random.default_rng([11, start])
        place = (numpy.arange(start, start + count, dtype=numpy.int64) * step) % members
        yield {
            "户号": pyarrow.array(place // 15 * 6 + OWNERS[place % 15]),
            "月收入": _gaps(random, _money(random, count, 1400, 0.75), 0.002),
            "刚性医疗": _gaps(random, _money(random, count, 5000, 0.2), 0.3),
            "刚性教育": _gaps(random, _money(random, count, 6000, 0.2), 0.3),
        }


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), decimal="decimal" in sys.argv[3:])
