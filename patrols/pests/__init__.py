"""The four pests (除四害): what was done against them, how dense they are, where they breed."""
