"""What the office sets about what goes out: publications of cases, and programs that may report."""
