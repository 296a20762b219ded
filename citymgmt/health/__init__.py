"""Does everything work? One look, three readers: `/readyz`, the operations page and `/metrics`.

`figures.py` asks (database, broker, disks) · `judging.py` says what a figure means and what to do (all thresholds) ·
`guard.py` never waits longer than told · `scrape.py` tells Prometheus · `registry.py` what apps add.
"""
