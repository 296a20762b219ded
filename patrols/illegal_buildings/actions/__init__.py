"""Use cases of illegal buildings: the only door through which their rows are written."""

from patrols.illegal_buildings.actions.entering import BuildingTold, enter_building, revise_building
from patrols.illegal_buildings.actions.retiming import retime_buildings
from patrols.illegal_buildings.actions.stepping import act_on_building

__all__ = ["BuildingTold", "act_on_building", "enter_building", "retime_buildings", "revise_building"]
