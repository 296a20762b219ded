"""Doors for those who come without a log-in, and for the office that works for them."""
