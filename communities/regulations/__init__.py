"""Laws, regulations and the office's own rules: what is in force, what it replaced, who cites it."""
