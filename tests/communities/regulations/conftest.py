"""Fixtures of the tests of regulations."""
