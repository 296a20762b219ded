"""The pages of the statistics."""

from cases.statistics.views.counted import counted
from cases.statistics.views.dashboard import dashboard
from cases.statistics.views.evaluation import evaluation
from cases.statistics.views.frozen import discard, freeze, frozen, frozen_excel, frozen_list, publish
from cases.statistics.views.frozen_cases import frozen_cases
from cases.statistics.views.hot_spots import hot_spots_page, spot
from cases.statistics.views.league import dealt, league
from cases.statistics.views.map import figures_map, map_cases, map_points
from cases.statistics.views.steadiness import steadiness_page

__all__ = [
    "counted",
    "dashboard",
    "dealt",
    "discard",
    "evaluation",
    "figures_map",
    "freeze",
    "frozen",
    "frozen_cases",
    "frozen_excel",
    "frozen_list",
    "hot_spots_page",
    "league",
    "map_cases",
    "map_points",
    "publish",
    "spot",
    "steadiness_page",
]
