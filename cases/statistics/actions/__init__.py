"""What is written for the statistics: places, facts and tallies, counted as cases change."""

from cases.statistics.actions.counting import catch_up, fill_tallies, rebuild, recount

__all__ = ["catch_up", "fill_tallies", "rebuild", "recount"]
