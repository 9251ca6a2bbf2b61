"""Policies that ask for little, in a folder of the deployment's own, and schemes over them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from niangjia.benefits import policies
from niangjia.benefits.kinds import Basis, FundSource, PeriodRule, SchemeState
from niangjia.benefits.models import Scheme
from niangjia.organisation.models import UnionBody

HEAD = """
[policy]
region = "990000"
scheme = "{name}"
title = {{ zh = "{name}", en = "{name}" }}
version = "1"
from = 2020-01-01
unit = "person"
source = "[P] 试验"
outputs = ["慰问金"]
"""
LOYAL = """
[input."会员月数"]
type = "int"
unit = "月"
label = { zh = "会员月数", en = "months of membership" }
min = 0
max = 2000

[param."每月"]
type = "money"
unit = "元/月"
label = { zh = "每月", en = "per month" }
source = "[P] 试验"
value = 10

[[step]]
name = "慰问金"
type = "money"
label = { zh = "慰问金", en = "gift" }
expr = "会员月数 * 每月 if 会员月数 >= 60 else 0"
source = "[P] 试验"
"""
MIGRANTS = """
[input."农民工"]
type = "bool"
label = { zh = "农民工", en = "migrant" }

[input."花费"]
type = "money"
label = { zh = "花费", en = "cost" }
min = 0
max = 100000

[[gate]]
name = "不是农民工"
require = "农民工"
reason = { zh = "不是农民工", en = "is no migrant" }
source = "[P] 试验"

[[step]]
name = "慰问金"
type = "money"
label = { zh = "慰问金", en = "gift" }
expr = "花费"
source = "[P] 试验"
"""
FAMILIES = """
[input."家庭人口"]
type = "int"
unit = "人"
label = { zh = "家庭人口", en = "household size" }
min = 0
max = 50

[[step]]
name = "慰问金"
type = "money"
label = { zh = "慰问金", en = "gift" }
expr = "300 if 家庭人口 >= 2 else 0"
source = "[P] 试验"
"""


@contextmanager
def laid_down(folder: Path, settings: Any) -> Iterator[None]:
    """While it lasts the installation's own folder holds the three."""
    (folder / "990000").mkdir()
    for name, body in (("loyal", LOYAL), ("migrants", MIGRANTS), ("families", FAMILIES)):
        (folder / "990000" / f"{name}.toml").write_text(HEAD.format(name=name) + body, encoding="utf-8")
    settings.POLICIES_FOLDER = str(folder)
    policies.shelf.cache_clear()
    yield
    policies.shelf.cache_clear()


def a_scheme(unit: UnionBody, name: str, **others: Any) -> Scheme:
    facts: dict[str, Any] = {
        "basis": Basis.PERSON,
        "period_rule": PeriodRule.YEARLY,
        "fund": FundSource.OWN,
        "output": "慰问金",
        "legal_source": "试验",
        "state": SchemeState.OPEN,
    }
    number = f"DX{Scheme.objects.count()}"
    return Scheme.objects.create(
        unit=unit, number=number, title=name, policy=f"990000/{name}", **{**facts, **others}
    )
