"""A stored photo as pages show it: where it lies, and what a reader who cannot see it is told."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True)
class Shown:
    """`photo` is a `StoredPhoto` with a label, `address` the name of the page that gives its files by id and size."""

    photo: Any
    address: str

    @property
    def url(self) -> str:
        """Where the picture lies."""
        return reverse(self.address, args=[self.photo.pk, "picture"])

    @property
    def thumbnail_url(self) -> str:
        """Where the small picture lies."""
        return reverse(self.address, args=[self.photo.pk, "thumbnail"])

    @property
    def label(self) -> str:
        """What a reader who cannot see it is told."""
        return str(self.photo.label)

    @property
    def is_ready(self) -> bool:
        """Whether there is something to look at."""
        return bool(self.photo.is_ready)

    @property
    def told(self) -> str:
        """Why there is nothing to look at."""
        return str(self.photo.told)
