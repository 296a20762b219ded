"""Construction sites (工地): the register, permits that expire, inspections of hoarding and dust, faults as cases."""
