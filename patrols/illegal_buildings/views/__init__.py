"""Pages of illegal buildings."""
