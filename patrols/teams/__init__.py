"""The three teams of an office: their shifts, who is on duty when, who was there, what they are trained for."""
