"""Pages of construction sites."""
