"""The journal of timed things: what each kind must say for itself."""

import pytest

from citymgmt.worktime.journal import Journal
from citymgmt.worktime.rules import current_rules


@pytest.mark.django_db
def test_a_kind_that_does_not_say_what_falls_due_has_no_journal() -> None:
    with pytest.raises(NotImplementedError):
        Journal([], current_rules()).find_due(None)
