"""One letter to each person behind some addresses."""

from collections.abc import Iterable
from datetime import datetime

from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.people.addressing import Key, people_behind


def tell_behind(
    keys: Iterable[Key], *, kind: str, dedupe: str, title: str, link: str, at: datetime, but: int | None = None
) -> None:
    """Tell the people behind these addresses of a paper, each once, within the caller's transaction; `but` is the id of
    the person who did it and knows.
    """
    people = {user.pk: user for users in people_behind(keys).values() for user in users}
    people.pop(but or 0, None)
    enqueue_letters(
        Letter(dedupe=dedupe, kind=kind, recipient=user, at=at, params={"title": title}, link=link)
        for user in people.values()
    )
