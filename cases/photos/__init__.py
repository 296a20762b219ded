"""Photos as bytes: `imaging` checks and re-encodes them (pure), `store` keeps them by their hash."""
