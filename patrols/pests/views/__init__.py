"""Pages of pest control."""
