"""How much of a city is built: the whole one to try things in, a small one for tests."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Counts of rows; `households` are in hardship, of which `files` have a story of their own, `filed_together` were
    filed in rounds and the others were taken over; `papers` is in how many files there are papers. `joins`, `moves`
    and `stays` are applications, transfers and turns of memberships.

    `months` is how far back the city begins, two years of figures behind its first rosters; `file_months` how far back
    its hardship files do.
    """

    districts: int
    streets: int
    unions: int
    employers: int
    people: int
    households: int
    files: int
    filed_together: int
    papers: int
    buildings: int
    joins: int
    moves: int
    stays: int
    letters: int
    months: int = 25
    file_months: int = 17


SCALES = {
    "full": Scale(
        districts=4,
        streets=5,
        unions=300,
        employers=1500,
        people=30_000,
        households=2000,
        files=200,
        filed_together=60,
        papers=20,
        buildings=36,
        joins=80,
        moves=48,
        stays=40,
        letters=24,
    ),
    "small": Scale(
        districts=2,
        streets=2,
        unions=24,
        employers=60,
        people=400,
        households=80,
        files=60,
        filed_together=10,
        papers=4,
        buildings=13,
        joins=13,
        moves=13,
        stays=11,
        letters=6,
    ),
}
