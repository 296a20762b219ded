"""What is written for the statistics: places, facts and tallies, counted as cases change; frozen evaluations."""

from cases.statistics.actions.anew import count_some_anew
from cases.statistics.actions.counting import catch_up, catch_up_and_look, fill_tallies, rebuild, recount
from cases.statistics.actions.evaluations import discard_evaluation, freeze_evaluation, publish_evaluation

__all__ = [
    "catch_up",
    "catch_up_and_look",
    "count_some_anew",
    "discard_evaluation",
    "fill_tallies",
    "freeze_evaluation",
    "publish_evaluation",
    "rebuild",
    "recount",
]
