"""Use cases of pest control: the only door through which its rows are written."""

from patrols.pests.actions.limits import LimitTold, save_limit
from patrols.pests.actions.operations import OperationTold, check_operation, save_operation
from patrols.pests.actions.sites import SiteTold, close_site, find_again, find_site
from patrols.pests.actions.surveys import SurveyTold, remove_survey, save_survey

__all__ = [
    "LimitTold",
    "OperationTold",
    "SiteTold",
    "SurveyTold",
    "check_operation",
    "close_site",
    "find_again",
    "find_site",
    "remove_survey",
    "save_limit",
    "save_operation",
    "save_survey",
]
