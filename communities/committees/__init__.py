"""Owners' committees (业主委员会): their legal steps, and votes of the owners."""
