"""Our own engine on the common programme: the policy file compiled for one day, run on DuckDB or case by
case.
"""

from datetime import date
from pathlib import Path

ON = date(2025, 10, 1)
POLICY = Path(__file__).resolve().parent.parent / "policies" / "321100" / "relief.toml"
MEMORY = "2GB"


def compiled():
    from niangjia.policy.compiling import compile_policy
    from niangjia.policy.library import Library

    library = Library.around(POLICY)
    return compile_policy(library.load(POLICY), ON, library)


def program():
    return compiled().program


def batch(archive: Path, output: Path, memory: str = MEMORY) -> None:
    from niangjia.policy.sets import duck

    opened = duck.opening()
    made = program()
    with duck.session(memory, threads=2, opened=opened) as connection:
        given = duck.Archive(
            archive / "households.parquet",
            {"成员": archive / "members.parquet"},
            "户号",
            scaled=True,
            carry=("户号",),
        )
        duck.write(connection, made, duck.sources(connection, made, given), output, scaled=True)
