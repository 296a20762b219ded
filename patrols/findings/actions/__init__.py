"""Use cases of findings: the only door through which their rows are written."""

from patrols.findings.actions.becoming import make_case
from patrols.findings.actions.noting import MOST_PHOTOS, FindingTold, note_finding

__all__ = ["MOST_PHOTOS", "FindingTold", "make_case", "note_finding"]
