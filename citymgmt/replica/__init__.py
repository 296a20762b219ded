"""A copy of the database that answers pages of figures (REPLICA_URL); everything else stays on the primary.

`routing.py` what is read where · `condition.py` whether the copy follows, and how far · `doors.py` pages that read it.
"""
