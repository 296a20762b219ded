"""Use cases of cleanliness: the only door through which its rows are written."""

from patrols.cleanliness.actions.sampling import draw_sample, score_point
from patrols.cleanliness.actions.segments import SegmentTold, save_segment
from patrols.cleanliness.actions.spots import SpotTold, find_spot, look_at_spot

__all__ = ["SegmentTold", "SpotTold", "draw_sample", "find_spot", "look_at_spot", "save_segment", "score_point"]
