"""Illegal buildings (违法建设): the register, the steps of the law with their deadlines, what is new, removed, left."""
