"""Pages of guard posts and key places."""
