"""Which demo cases have photos, and the photos themselves, drawn and uploaded as people do it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cases.actions import process_photos, upload_photo
from cases.demo.courses import Course
from cases.demo.drawings import SUBJECTS, draw
from cases.models import Photo
from citymgmt.people.models import User

MOST_PICTURED = 12  # cases
# of the scenes, by their last action: inspected next, already closed, still at work
PARTS = (("report_back", 5), ("", 4), ("receive", MOST_PICTURED))
BEFORE, AFTER = Photo.Kind.BEFORE, Photo.Kind.AFTER


class Pictures:
    """The photos of some courses; the same courses and seed give the same photos."""

    def __init__(self, seed: int, courses: Iterable[Course]) -> None:
        self.seed = seed
        able = [one for one in courses if one.begin == "log" and one.affair.standard.line in SUBJECTS]
        chosen: list[Course] = []
        for last, most in PARTS:
            chosen += [one for one in able if one.fate.last == last][: min(most, MOST_PICTURED - len(chosen))]
        self._numbers = {id(course): number for number, course in enumerate(chosen, start=1)}

    def of_the_begin(self, course: Course, by: User | None, at: datetime) -> list[Photo]:
        """The photo with which a case is logged, as a draft of `by`; none for most."""
        return self._photos(course, by, at, BEFORE)

    def of_the_step(self, course: Course, action: str, by: User | None, at: datetime) -> dict[str, Any]:
        """What an action carries of photos: reporting back shows the place put right."""
        photos = self._photos(course, by, at, AFTER) if action == "report_back" else []
        return {"photos": photos} if photos else {}

    def develop(self, now: datetime) -> None:
        """Do what the worker does, so that they are there from the beginning."""
        process_photos(now=lambda: now)

    def _photos(self, course: Course, by: User | None, at: datetime, kind: Photo.Kind) -> list[Photo]:
        number = self._numbers.get(id(course))
        if number is None or by is None:
            return []
        subject = SUBJECTS[course.affair.standard.line]
        content = draw(subject, seed=f"{self.seed}.{number}", is_after=kind == AFTER)
        key = f"demo.{number}.{kind.value}.{len(course.done)}"
        return [upload_photo(by=by, at=at, content=content, kind=kind.value, request_key=key)]
