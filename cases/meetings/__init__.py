"""Joint meetings (联席会议): who sits in them, what is on the agenda, what was resolved, and that it is carried out."""
