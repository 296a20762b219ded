"""The pages of the statistics."""

from cases.statistics.views.counted import counted
from cases.statistics.views.dashboard import dashboard
from cases.statistics.views.evaluation import evaluation
from cases.statistics.views.league import dealt, league

__all__ = ["counted", "dashboard", "dealt", "evaluation", "league"]
