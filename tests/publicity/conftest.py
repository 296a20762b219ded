"""Fixtures of the tests of publicity: those of communities."""

from tests.communities.conftest import english, get, media, moment, send

__all__ = ["english", "get", "media", "moment", "send"]
