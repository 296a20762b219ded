"""Cleanliness: street segments, which are looked at by lot, and the share of looks that were clean."""
