"""Pages of owners' committees."""
