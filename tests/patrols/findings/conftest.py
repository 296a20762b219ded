"""Fixtures of the tests of findings: those of rounds."""

from tests.patrols.rounds.conftest import media as media
from tests.patrols.rounds.conftest import walk as walk
