"""Wordings are English source strings, translated at the edges."""


def gettext_noop(message: str) -> str:
    """Mark a wording for translation at the edge."""
    return message
