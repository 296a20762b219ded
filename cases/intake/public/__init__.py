"""What everybody may read without a log-in: published cases as list, map, figures and open data."""
