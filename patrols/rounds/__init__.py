"""Rounds: which points are seen when, in which order."""
