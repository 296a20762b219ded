"""Pages of residential areas."""
