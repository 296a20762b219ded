"""Circulars (通报): what the office lets its member units know; written, issued by a leader, received by the units."""
