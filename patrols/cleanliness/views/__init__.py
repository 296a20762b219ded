"""Pages of cleanliness."""
