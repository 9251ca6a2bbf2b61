"""From nothing to the first explained case: one process, timed from outside. `openfisca` instead times its import."""

import sys
import time
from importlib import import_module

if sys.argv[1] == "openfisca":
    start = time.perf_counter()
    for name in ("entities", "model_api", "simulation_builder", "taxbenefitsystems"):
        import_module(f"openfisca_core.{name}")
    print(time.perf_counter() - start)
else:
    import json
    from decimal import Decimal
    from pathlib import Path

    from peers import by_niangjia

    from niangjia.policy.engine import Engine

    case = json.loads((Path(__file__).parent / "case.json").read_text(encoding="utf-8"), parse_float=Decimal)
    trace = Engine(by_niangjia.compiled()).explain(case)
    print(json.dumps(trace.json("zh"), ensure_ascii=False))
