"""The topics and questions that the portal comes with."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from cases.intake.models import Question, Topic
from cases.models import Category

SEED = Path(__file__).parent.parent / "seed" / "topics.json"


@transaction.atomic
def load_topics() -> int:
    """Bring the shipped topics into their table, and give how many were new; what an administrator changed stays."""
    rows = json.loads(SEED.read_text("utf-8"))
    known = set(Topic.objects.values_list("code", flat=True))
    new = [(place, row) for place, row in enumerate(rows, 1) if row["code"] not in known]
    for place, row in new:
        _add(row, place * 10)
    return len(new)


def _add(row: dict[str, Any], position: int) -> None:
    category = Category.objects.filter(code_2026=row.get("category", "-")).first()
    topic = Topic.objects.create(
        code=row["code"],
        name_zh=row["zh"],
        name_en=row["en"],
        hint_zh=row["hint_zh"],
        hint_en=row["hint_en"],
        icon=row["icon"],
        category=category,
        emergency_number=row.get("emergency", ""),
        position=position,
    )
    for number, asked in enumerate(row.get("questions", ()), 1):
        Question.objects.create(
            topic=topic,
            code=asked["code"],
            name_zh=asked["zh"],
            name_en=asked["en"],
            datatype=asked["type"],
            is_required=asked.get("required", False),
            hint_zh=asked.get("hint_zh", ""),
            hint_en=asked.get("hint_en", ""),
            choices=asked.get("choices", []),
            position=number,
        )
