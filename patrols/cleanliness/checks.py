"""What is looked at on a metre of street, and the score of a look; pure.

Source of the items: six that are clean and four that are absent (六清四无), as a district of Shanghai words the
quality of cleaning. That each takes off ten points, and that a look is clean when nothing is amiss, is our decision.
"""

from collections.abc import Collection, Mapping

from citymgmt.wording import gettext_noop

ITEMS: Mapping[str, str] = {
    "carriageway": gettext_noop("carriageway not clean"),
    "pavement": gettext_noop("pavement not clean"),
    "gutter": gettext_noop("gutter not clean"),
    "wall_foot": gettext_noop("foot of the wall not clean"),
    "tree_foot": gettext_noop("foot of trees not clean"),
    "barrier": gettext_noop("barrier not clean"),
    "heap": gettext_noop("small heap of rubbish"),
    "rubble": gettext_noop("rubble"),
    "dirty_water": gettext_noop("standing dirty water"),
    "missed": gettext_noop("missed stretch"),
}
FULL, OFF = 100, 10  # points; for each item that is amiss


def score_of(amiss: Collection[str]) -> int:
    """The points of a look at which these items were amiss."""
    return FULL - OFF * len(set(amiss))
