"""The officers' public board: what anybody may know of whoever answers for a community, on the web and on boards."""
