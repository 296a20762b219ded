"""What residents, and the office for them, do with reports."""
