"""Use cases of stations: the only door through which their rows are written."""

from patrols.stations.actions.cases import log_failed_item
from patrols.stations.actions.checking import AnswerTold, excuse_check, make_check
from patrols.stations.actions.checklists import ItemTold, make_usual_items, save_item
from patrols.stations.actions.planning import plan_checks, recheck_checks
from patrols.stations.actions.register import StationTold, save_station

__all__ = [
    "AnswerTold",
    "ItemTold",
    "StationTold",
    "excuse_check",
    "log_failed_item",
    "make_check",
    "make_usual_items",
    "plan_checks",
    "recheck_checks",
    "save_item",
    "save_station",
]
