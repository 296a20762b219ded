"""Open311 GeoReport v2: how programs of others read published cases, and report. What is decided where the standard
leaves it open stands in docs/open311.md.
"""
