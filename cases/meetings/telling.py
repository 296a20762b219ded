"""One letter about a paper to each of those who read it."""

from collections.abc import Iterable
from datetime import datetime

from cases.meetings.outside.mailing import post
from cases.meetings.readers import Reader
from citymgmt.outbox.actions import Letter
from citymgmt.outbox.addressees import Addressee


def tell_readers(
    readers: Iterable[Reader], *, kind: str, dedupe: str, title: str, link: str, at: datetime, but: int | None = None
) -> None:
    """Tell these readers of a paper, each once, within the caller's transaction; `but` is the id of the person who did
    it and knows.
    """
    post(
        Letter(dedupe=dedupe, kind=kind, recipient=reader, at=at, params={"title": title}, link=link)
        for reader in dict.fromkeys(readers)
        if isinstance(reader, Addressee) or reader.pk != but
    )
