"""Letters to those who have no log-in: a unit, somebody who reported. The outbox keeps who they are, never where.

The app that knows them says, when a mail leaves, where it goes and what it leads to; so a mail that waits follows a new
address, and no address or secret stands among the messages.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from citymgmt.outbox.models import Message


@dataclass(frozen=True)
class Addressee:
    """Whom a letter is for: kind and number name somebody of an app's register; `name` is shown to the office."""

    kind: str
    number: int
    name: str
    subdistrict_id: int

    @property
    def key(self) -> str:
        """As it stands in a message."""
        return f"{self.kind}:{self.number}"

    def dedupe_key(self, dedupe: str) -> str:
        """The key of the mail to them among the messages of one event."""
        return f"{dedupe}.{Message.Channel.EMAIL.value}.{self.key}"


@dataclass(frozen=True)
class Mailbox:
    """Where a mail goes, in which language, and the lazy sentence that ends it, where that is not the people's own."""

    address: str
    language: str
    closing: Any = ""


@dataclass(frozen=True)
class Register:
    """What an app says of its addressees: the mailbox of a number (None: nobody there any more), and the path that a
    message leads to, which may hold a secret.
    """

    mailbox: Callable[[int], Mailbox | None]
    path: Callable[[Message], str]


_registers: dict[str, Register] = {}


def register(kind: str, known: Register) -> None:
    """Say who knows the addressees of a kind, when the app is ready."""
    _registers[kind] = known


def mailbox_of(message: Message) -> Mailbox | None:
    """The mailbox of a message to an addressee; None when nobody is there any more."""
    kind, _colon, number = message.addressee.partition(":")
    return _registers[kind].mailbox(int(number)) if kind in _registers else None


def path_of(message: Message) -> str:
    """What a message leads to: for people of the portal its link, for an addressee what the register says."""
    if not message.addressee:
        return message.link
    return _registers[message.addressee.partition(":")[0]].path(message)


# --- files that go with a mail ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a mail."""

    name: str
    content: str
    content_type: str


Enclose = Callable[[Mapping[str, Any]], Enclosure | None]
_enclosures: dict[str, Enclose] = {}


def enclose(kind: str, make: Enclose) -> None:
    """Have a file go with each mail of this kind: `make` is given the message's parameters when it leaves."""
    _enclosures[kind] = make


def enclosure_of(message: Message) -> Enclosure | None:
    """The file that goes with this message, if there is one."""
    make = _enclosures.get(message.kind)
    return make(message.params) if make else None
