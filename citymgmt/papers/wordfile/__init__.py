"""How a paper becomes a Word file. Entered by `citymgmt.papers.word` alone."""
