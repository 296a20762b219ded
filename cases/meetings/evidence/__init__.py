"""Photos that show how far a resolution is, sent along with a report."""
