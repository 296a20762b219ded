"""Pages of the four duties."""
