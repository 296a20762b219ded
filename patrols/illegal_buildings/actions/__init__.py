"""Use cases of illegal buildings: the only door through which their rows are written."""

from patrols.illegal_buildings.actions.cases import described, log_building_case
from patrols.illegal_buildings.actions.entering import BuildingTold, enter_building, revise_building
from patrols.illegal_buildings.actions.retiming import retime_buildings
from patrols.illegal_buildings.actions.stepping import act_on_building

__all__ = [
    "BuildingTold",
    "act_on_building",
    "described",
    "enter_building",
    "log_building_case",
    "retime_buildings",
    "revise_building",
]
