"""Pages of meetings and resolutions."""
