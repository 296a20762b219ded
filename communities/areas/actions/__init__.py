"""Use cases of residential areas: the only door through which their rows are written."""

from communities.areas.actions.assessing import AssessmentTold, assess_area
from communities.areas.actions.entering import AreaTold, ContractTold, enter_area, revise_area
from communities.areas.actions.importing import Imported, import_areas
from communities.areas.actions.retiming import retime_areas
from communities.areas.actions.standards import save_standard
from communities.areas.actions.stepping import act_on_area

__all__ = [
    "AreaTold",
    "AssessmentTold",
    "ContractTold",
    "Imported",
    "act_on_area",
    "assess_area",
    "enter_area",
    "import_areas",
    "retime_areas",
    "revise_area",
    "save_standard",
]
