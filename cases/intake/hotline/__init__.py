"""The city's hotline 12345: its orders come in as sheets, its replies leave as sheets, its numbers and limits stay."""
