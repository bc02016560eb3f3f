"""Turn the overlap of lists into an estimate of those whom nobody recorded, or say why not.

Runs on counts per pattern of lists, after linking; it never sees a person. It is not where figures
are reckoned from claims: documented and estimated stay apart.
"""

from tallystick.estimating.answer import Answer, Settings
from tallystick.estimating.batch import EVERYWHERE, estimate_strata, sum_of_strata
from tallystick.estimating.drpop import People, estimate_from_people, people_by_stratum
from tallystick.estimating.estimate import METHODS, NoSuchMethod, estimate
from tallystick.estimating.ladder import LatentPlan
from tallystick.estimating.linkage import estimate_over_linkage, pooled_over_linkage
from tallystick.estimating.overlap import (
    DRAW,
    Histories,
    NoListColumn,
    NoSuchColumn,
    NotWholePeople,
    columns_of_lists,
    histories_by_stratum,
    histories_of,
)
from tallystick.estimating.replication import (
    PublishedRun,
    Replication,
    Rerun,
    replicate,
    rerun,
)

__all__ = [
    "DRAW",
    "EVERYWHERE",
    "METHODS",
    "Answer",
    "Histories",
    "LatentPlan",
    "NoListColumn",
    "NoSuchColumn",
    "NoSuchMethod",
    "NotWholePeople",
    "People",
    "PublishedRun",
    "Replication",
    "Rerun",
    "Settings",
    "columns_of_lists",
    "estimate",
    "estimate_from_people",
    "estimate_over_linkage",
    "estimate_strata",
    "histories_by_stratum",
    "histories_of",
    "people_by_stratum",
    "pooled_over_linkage",
    "replicate",
    "rerun",
    "sum_of_strata",
]
