"""One engine over one archive in a process of its own: prints seconds from Parquet to Parquet and peak memory
as JSON.

`python batch.py ENGINE ARCHIVE OUTPUT [MEMORY]`; imports are not counted, everything else is.
"""

import importlib
import json
import resource
import sys
import time
from pathlib import Path

PRELOADED = {
    "niangjia": ("niangjia.policy.compiling", "niangjia.policy.library", "niangjia.policy.sets.duck"),
    "openfisca": ("pyarrow.parquet", "pyarrow.compute"),
}


def main(engine: str, archive: Path, output: Path, *memory: str) -> None:
    peer = importlib.import_module(f"peers.by_{engine}")
    for module in PRELOADED.get(engine, ()):
        importlib.import_module(module)
    start, busy = time.perf_counter(), time.process_time()
    peer.batch(archive, output, *memory)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": round(seconds, 4), "cpu": round(busy, 4), "mebibytes": round(mebibytes)}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
