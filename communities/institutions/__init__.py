"""Institutions of the area (机团单位): register, agreements, visits, what they promised, coverage."""
