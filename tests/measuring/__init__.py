"""How the source is measured: sizes, doors, words and floors. What is measured is told by `tests/check_measures.py`."""
