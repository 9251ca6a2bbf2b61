"""Figures 统计数: what is counted is declared once, counted set-wise by a job, and leads back to its rows.

A domain declares its measures in its `figures.py`. Pages read the summary, never the rows, and say of which moment
it is. A month that has ended stays as it was reported; months before the first report are reconstructed from dated
rows, say so, and follow the register until they are. This package counts; what is counted it does not know.
"""

from niangjia.kernel.figures.measures import (
    Average,
    Dimension,
    Measure,
    Part,
    Period,
    Ratio,
    Unit,
    averages,
    declared,
    measures,
    ratios,
)
from niangjia.kernel.figures.models import Edition
from niangjia.kernel.figures.queries import Reading
from niangjia.kernel.figures.refreshing import refresh

__all__ = [
    "Average",
    "Dimension",
    "Edition",
    "Measure",
    "Part",
    "Period",
    "Ratio",
    "Reading",
    "Unit",
    "averages",
    "declared",
    "measures",
    "ratios",
    "refresh",
]
