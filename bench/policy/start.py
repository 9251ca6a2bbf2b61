"""From nothing to the first explained case: one process, timed from outside.

`import` instead times OpenFisca's import, seconds and CPU seconds; `openfisca` goes on to its first traced case.
"""

import sys
import time
from importlib import import_module

if sys.argv[1] == "import":
    start, busy = time.perf_counter(), time.process_time()
    for name in ("entities", "model_api", "simulation_builder", "taxbenefitsystems"):
        import_module(f"openfisca_core.{name}")
    print(time.perf_counter() - start, time.process_time() - busy)
else:
    import json
    from decimal import Decimal
    from pathlib import Path

    case = json.loads((Path(__file__).parent / "case.json").read_text(encoding="utf-8"), parse_float=Decimal)
    if sys.argv[1] == "openfisca":
        from peers import by_openfisca

        print(by_openfisca.case(by_openfisca.system(), by_openfisca.situation(case), trace=True))
        sys.exit()

    from peers import by_niangjia

    from niangjia.policy.engine import Engine

    trace = Engine(by_niangjia.compiled()).explain(case)
    print(json.dumps(trace.json("zh"), ensure_ascii=False))
