"""The forms of a page, as a browser sees them."""

from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser

from django.utils import timezone

SAMPLE_FILE = b"street_code,community\n440106001,x\n"
BY_TYPE = {"time": b"09:00", "number": b"1", "email": b"x@example.org", "tel": b"12345"}


@dataclass
class Form:
    """A form: where it is sent, how, and its fields with values that an honest person may send."""

    action: str
    method: str
    is_multipart: bool
    fields: dict[str, bytes] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from other forms of the same address."""
        return (self.method, *sorted(self.fields), *sorted(self.files))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.select = self.textarea = ""
        self.is_chosen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            multipart = given.get("enctype", "") == "multipart/form-data"
            self.open = Form(given.get("action", ""), given.get("method", "get").lower(), multipart)
            self.forms.append(self.open)
        elif self.open is not None:
            self._read(tag, given, self.open)

    def _read(self, tag: str, given: dict[str, str], form: Form) -> None:
        name = given.get("name", "")
        if tag == "option" and self.select:
            self._choose(given, form)
        elif not name or name == "csrfmiddlewaretoken":
            return
        elif tag == "select":
            self.select, self.is_chosen = name, False
            form.fields[name] = b""
        elif tag == "textarea":
            self.textarea = name
            form.fields[name] = b""
        elif tag in ("input", "button"):
            _enter(form, given, name)

    def _choose(self, given: dict[str, str], form: Form) -> None:
        value = given.get("value", "").encode()
        if not self.is_chosen and value and ("selected" in given or not form.fields[self.select]):
            form.fields[self.select] = value
            self.is_chosen = "selected" in given

    def handle_data(self, data: str) -> None:
        if self.textarea and self.open is not None:
            self.open.fields[self.textarea] += data.strip().encode()

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.open is not None and self.textarea:
            self.open.fields[self.textarea] = self.open.fields[self.textarea] or b"x"
            self.textarea = ""


def _sample(kind: str) -> bytes:
    """What somebody may type into an input of this type; days are a week ahead."""
    day = timezone.localdate() + timedelta(days=7)
    days = {"date": f"{day}".encode(), "datetime-local": f"{day}T09:00".encode()}
    return (BY_TYPE | days).get(kind, b"x")


def _enter(form: Form, given: dict[str, str], name: str) -> None:
    kind = given.get("type", "text")
    if kind == "file":
        form.files.append(name)
    elif kind == "radio" and name in form.fields and "checked" not in given:
        return
    else:
        sample = b"" if kind in ("hidden", "search", "checkbox") else _sample(kind)
        form.fields[name] = given.get("value", "").encode() or sample


def forms_of(html: str) -> list[Form]:
    """All forms of a page in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
