"""Pages of boards: those for everybody, and those with which the office keeps them."""
