"""Pages of regulations."""
