"""Sanitation and disinfection stations: what their boards say, what is looked at each day, and what came of it."""
