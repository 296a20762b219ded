"""Fixtures of the tests of regulations."""

from tests.communities.boards.conftest import english, get, moment, send

__all__ = ["english", "get", "moment", "send"]
