"""The programme as an OpenFisca country package: persons, households, one formula each; money in float32
yuan.
"""

from pathlib import Path
from typing import Any

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.model_api import MONTH, Variable, max_, min_
from openfisca_core.parameters import ParameterNode
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.taxscales import MarginalRateTaxScale

from peers import facts

Household = build_entity(
    key="household",
    plural="households",
    label="户",
    roles=[{"key": "member", "plural": "members", "label": "成员"}],
)
Person = build_entity(key="person", plural="persons", label="成员", is_person=True)
PERIOD = "2025-10"
CITIES = {"镇江": 1, "南京": 2, "徐州": 3, "宿迁": 4}
REQUIRED = ("自付", "月收入")
OUTPUTS = {
    "人均月收入": "average",
    "扣支后人均": "net",
    "挂号费减免": "fee",
    "检查费减免": "check_fee",
    "医疗救助": "medical",
    "大病补助": "serious",
    "互助给付": "mutual",
    "应发": "paid",
    "缺口": "gap",
}
KINDS = ["无", "低保户", "低保边缘", "意外致困"]
HOUSEHOLD_MONEY = {
    "车价": "car",
    "意外支出": "accident",
    "自付": "own",
    "挂号费": "registration",
    "检查费": "checks",
}
HOUSEHOLD_FLAGS = {"二套房": "homes", "农民工": "migrant", "参保": "insured"}
MEMBER_MONEY = {"月收入": "income", "刚性医疗": "rigid_medical", "刚性教育": "rigid_school"}


def cents(value: Any) -> Any:
    return numpy.floor(value * 100 + 0.5) / 100


def _variable(name: str, entity: Any, kind: type, formula: Any = None) -> type:
    body = {"value_type": kind, "entity": entity, "definition_period": MONTH, "label": name}
    if formula:
        body["formula"] = formula
    return type(name, (Variable,), body)


def _average(household: Any, period: Any) -> Any:
    return cents(household("income_sum", period) / max_(household("size", period), 1))


def _line(household: Any, period: Any, parameters: Any) -> Any:
    city, lines = household("city", period), parameters(period).line
    return numpy.select([city == 1, city == 2, city == 3], [lines.c1, lines.c2, lines.c3], lines.c0)


def _net(household: Any, period: Any) -> Any:
    left = household("income_sum", period) * 12 - household("rigid", period) - household("accident", period)
    return cents(left / (max_(household("size", period), 1) * 12))


def _kind(household: Any, period: Any) -> Any:
    line, average = household("line", period), household("average", period)
    barred = household("homes", period) + (household("car", period) > 150000)
    return numpy.select(
        [barred, average <= line, average <= line * 1.5, household("net", period) <= line], [0, 1, 2, 3], 0
    )


def _fee(household: Any, period: Any) -> Any:
    kind, full = household("kind", period), household("registration", period)
    return min_(numpy.select([kind == 1, kind > 1], [full, cents(full * 0.5)], 0), 500)


def _check_fee(household: Any, period: Any) -> Any:
    kind, full = household("kind", period), household("checks", period)
    return min_(numpy.select([kind == 1, kind > 1], [cents(full * 0.5), cents(full * 0.3)], 0), 2000)


def _left(household: Any, period: Any) -> Any:
    return max_(household("own", period) - household("fee", period) - household("check_fee", period), 0)


def _above(household: Any, period: Any) -> Any:
    return max_(household("left", period) - numpy.where(household("kind", period) == 1, 2000, 3000), 0)


SCALE = MarginalRateTaxScale()
for _threshold, _rate in ((0, 0.5), (10000, 0.4), (30000, 0.3), (80000, 0.2)):
    SCALE.add_bracket(_threshold, _rate)


def _medical(household: Any, period: Any) -> Any:
    tiered = cents(SCALE.calc(household("above", period)))
    return numpy.where(household("kind", period) > 0, min_(tiered, 30000), 0)


def _left_medical(household: Any, period: Any) -> Any:
    return max_(household("left", period) - household("medical", period), 0)


def _serious(household: Any, period: Any) -> Any:
    left = household("left_medical", period)
    rate = numpy.select([left <= 30000, left <= 80000], [0.10, 0.15], 0.20)
    whole = numpy.select([left < 6000, left <= 10000], [0, 500], cents(left * rate))
    return numpy.where(household("migrant", period), min_(whole, 50000), 0)


def _left_serious(household: Any, period: Any) -> Any:
    return max_(household("left_medical", period) - household("serious", period), 0)


def _mutual(household: Any, period: Any) -> Any:
    paid = min_(cents(max_(household("left_serious", period) - 300, 0) * 0.6), 50000)
    return numpy.where(household("insured", period), paid, 0)


def _total(household: Any, period: Any) -> Any:
    return household("medical", period) + household("serious", period) + household("mutual", period)


def _paid(household: Any, period: Any) -> Any:
    total = household("total", period)
    return total - max_(total - household("ceiling", period), 0)


FORMULAS = {
    "size": lambda household, period: household.nb_persons(),
    "income_sum": lambda household, period: household.sum(household.members("income", period)),
    "rigid": lambda household, period: household.sum(
        household.members("rigid_medical", period) + household.members("rigid_school", period)
    ),
    "average": _average,
    "line": _line,
    "net": _net,
    "kind": _kind,
    "fee": _fee,
    "check_fee": _check_fee,
    "left": _left,
    "above": _above,
    "medical": _medical,
    "left_medical": _left_medical,
    "serious": _serious,
    "left_serious": _left_serious,
    "mutual": _mutual,
    "total": _total,
    "ceiling": lambda household, period: cents(household("own", period) * 0.9),
    "paid": _paid,
    "gap": lambda household, period: household("own", period) - household("paid", period),
}


def system() -> TaxBenefitSystem:
    country = TaxBenefitSystem([Person, Household])
    for name in MEMBER_MONEY.values():
        country.add_variable(_variable(name, Person, float))
    for name in HOUSEHOLD_MONEY.values():
        country.add_variable(_variable(name, Household, float))
    for name in HOUSEHOLD_FLAGS.values():
        country.add_variable(_variable(name, Household, bool))
    country.add_variable(_variable("city", Household, int))
    for name, formula in FORMULAS.items():
        country.add_variable(_variable(name, Household, int if name in ("kind", "size") else float, formula))
    lines = {"c0": (860, 900), "c1": (860, 900), "c2": (1020, 1070), "c3": (740, 765.5)}
    data = {
        key: {"values": {"2024-01-01": {"value": old}, "2025-07-01": {"value": new}}}
        for key, (old, new) in lines.items()
    }
    country.parameters = ParameterNode("", data={"line": data})
    return country


def situation(case: dict[str, Any]) -> dict[str, Any]:
    """A case of by_decimal as OpenFisca's test-case dictionary."""
    persons = {
        f"p{place}": {new: {PERIOD: float(one[old])} for old, new in MEMBER_MONEY.items()}
        for place, one in enumerate(case["成员"])
    }
    household: dict[str, Any] = {"members": list(persons), "city": {PERIOD: CITIES.get(case["城市"], 0)}}
    household |= {new: {PERIOD: float(case[old])} for old, new in HOUSEHOLD_MONEY.items()}
    household |= {new: {PERIOD: bool(case[old])} for old, new in HOUSEHOLD_FLAGS.items()}
    return {"persons": persons, "households": {"h": household}}


def case(country: TaxBenefitSystem, given: dict[str, Any], trace: bool) -> dict[str, Any]:
    simulation = SimulationBuilder().build_from_entities(country, given)
    simulation.trace = trace
    kind = KINDS[int(simulation.calculate("kind", PERIOD)[0])]
    return {"户类别": kind} | {
        name: float(simulation.calculate(key, PERIOD)[0]) for name, key in OUTPUTS.items()
    }


def batch(archive: Path, output: Path) -> None:
    import pyarrow
    import pyarrow.compute as compute
    import pyarrow.parquet

    households = pyarrow.parquet.read_table(archive / "households.parquet")
    members = pyarrow.parquet.read_table(archive / "members.parquet")
    numbers = households["户号"].to_numpy()
    owners = members["户号"].to_numpy()
    builder = SimulationBuilder()
    country = system()
    builder.create_entities(country)
    builder.declare_person_entity("person", numpy.arange(len(owners)))
    instance = builder.declare_entity("household", numbers)
    builder.join_with_persons(instance, owners, ["member"] * len(owners))
    simulation = builder.build(country)
    lacking = {}
    for table, names, prefix in ((households, HOUSEHOLD_MONEY, ""), (members, MEMBER_MONEY, "成员.")):
        for old, new in names.items():
            fen = table[old].fill_null(0).to_numpy()
            lacking[prefix + old] = facts.out_of_range(fen)
            if old in REQUIRED:
                lacking[prefix + old] |= compute.is_null(table[old]).to_numpy()
            simulation.set_input(new, PERIOD, fen / 100)
    for old, new in HOUSEHOLD_FLAGS.items():
        simulation.set_input(new, PERIOD, households[old].fill_null(False).to_numpy())
    city = households["城市"].combine_chunks().dictionary_encode()
    codes = numpy.array([CITIES.get(name, 0) for name in city.dictionary.to_pylist()])
    codes_of = codes[city.indices.to_numpy()]
    simulation.set_input("city", PERIOD, codes_of)
    lacking["城市"] = ~numpy.isin(codes_of, list(CITIES.values()))
    persons = simulation.household.nb_persons()
    lacking["成员"] = (persons < 1) | (persons > 50)
    owner = simulation.household.members_entity_id
    for name in MEMBER_MONEY:
        rows = owner[lacking[f"成员.{name}"]]
        lacking[f"成员.{name}"] = numpy.bincount(rows, minlength=len(numbers)) > 0
    bad, status, missing = facts.told(lacking)
    columns = {"户号": households["户号"], "status": status, "missing": missing}
    kinds = pyarrow.DictionaryArray.from_arrays(
        pyarrow.array(simulation.calculate("kind", PERIOD), mask=bad), KINDS
    )
    columns["户类别"] = kinds.cast(pyarrow.string())
    for name, key in OUTPUTS.items():
        columns[name] = pyarrow.array(simulation.calculate(key, PERIOD), mask=bad)
    pyarrow.parquet.write_table(pyarrow.table(columns), output)
