"""Pages of the hotline: its orders, the sheets that come, the sheets that go."""
