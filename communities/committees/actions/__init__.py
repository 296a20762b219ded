"""Use cases of owners' committees: the only door through which their rows are written."""

from communities.committees.actions.applying import ApplicationTold, apply_for_committee
from communities.committees.actions.retiming import retime_committees
from communities.committees.actions.stepping import act_on_committee
from communities.committees.actions.voting import VoteTold, record_vote

__all__ = [
    "ApplicationTold",
    "VoteTold",
    "act_on_committee",
    "apply_for_committee",
    "record_vote",
    "retime_committees",
]
