"""What papers in words have in common: a phrase in the paper's own language, text as paragraphs. Pure."""

from collections.abc import Iterator, Mapping

CHINESE, ENGLISH = "zh-hans", "en"
OFFICE: Mapping[str, Mapping[str, str]] = {
    CHINESE: {"office": "{name}办事处"},
    ENGLISH: {"office": "Office of {name}"},
}
ENDING = "办事处"


def say(phrases: Mapping[str, Mapping[str, str]], language: str, phrase: str, **told: object) -> str:
    """A phrase of the language; Chinese for one we do not know. Raises KeyError for an unknown phrase."""
    return phrases.get(language, phrases[CHINESE])[phrase].format(**told)


def office_named(name: str, language: str) -> str:
    """How the office of a sub-district signs, from the sub-district's name in the language."""
    return name if name.endswith(ENDING) else say(OFFICE, language, "office", name=name)


def paragraphs(text: str) -> Iterator[str]:
    """The lines of a text that hold something, without blanks around them."""
    return (line.strip() for line in text.splitlines() if line.strip())
