"""Pages of communities and of those who answer for them."""
