"""Search: every word, in Chinese or English, in what `CaseText` holds of a case.

An index names candidates by their tokens and LIKE rechecks them, so nothing false is found. Words of Latin
letters and digits count whole; Chinese words are found wherever they stand, from two characters on by the
index, a single one by reading. Numbers are also found by their beginning or their end.
Source: stack.md 3.3.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Reverse

from cases.models import Case, CaseText
from citymgmt.written import folded

MOST_WORDS = 8
COMMON = 20_000  # from so many texts on the index itself is slow: it gathers all of them before it gives the first
FEW = 1000  # up to so many found cases are named by id; a commoner word is read along the list's own order
CJK = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
NUMBER = re.compile(r"[0-9][0-9-]{2,28}[0-9]", re.ASCII)


def tokens_of(text: str) -> list[str]:
    """Whole words of Latin letters and digits, and pairs of Chinese characters. Equal to SQL `cjk_tokens`."""
    pairs = re.findall(f"(?=([{CJK}]{{2}}))", text)
    return sorted({*re.findall("[a-z0-9]+", text), *pairs})


def search(queryset: QuerySet[Case], text: str) -> QuerySet[Case]:
    """Cases that hold every word; all of them when there is no word. Costs at most two small queries before.

    Few: they are named by id. Many, or a word that the index does not know: each case is read in the order of
    the list (a scalar subquery, which the planner cannot turn into a join of everything), until a page is full.
    """
    words = folded(text).split()[:MOST_WORDS]
    tokens = sorted({token for word in words for token in tokens_of(word)})
    ids = _by_index(words, tokens) if tokens and not _is_common(tokens) else None
    if ids is not None and len(ids) <= FEW:
        return queryset.filter(pk__in=ids)
    for number, word in enumerate(words):
        told = Subquery(CaseText.objects.filter(case=OuterRef("pk")).values("text")[:1])
        queryset = queryset.alias(**{f"told_{number}": told}).filter(**{f"told_{number}__contains": word})
    return queryset


def is_number(text: str) -> bool:
    """Whether the text can be a part of a case number: four or more digits, with hyphens or without."""
    return bool(NUMBER.fullmatch(folded(text).strip()))


def numbered(text: str) -> Q:
    """Cases whose number begins or ends with the text; needs the alias that `with_number_end` gives."""
    part = folded(text).strip()
    return Q(number__startswith=part) | Q(number_end__startswith=part[::-1])


def with_number_end(queryset: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with their numbers read from the end, as the index has them."""
    return queryset.alias(number_end=Reverse("number"))


def _is_common(tokens: list[str]) -> bool:
    """Whether the planner expects very many texts with these tokens, by the statistics of the last ANALYZE."""
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN (FORMAT JSON) SELECT FROM cases_casetext WHERE cjk_tokens(text) @> %s::text[]", [tokens]
        )
        return bool(cursor.fetchone()[0][0]["Plan"]["Plan Rows"] > COMMON)


def _by_index(words: Sequence[str], tokens: list[str]) -> list[int]:
    """The ids of cases that hold all words, FEW and one at most; a single number also finds by both of its ends."""
    statement = "SELECT case_text_found(%s::text[], %s::text[], %s)"
    values: list[Any] = [tokens, _patterns(words), FEW + 1]
    if len(words) == 1 and is_number(words[0]):
        statement += " UNION (SELECT id FROM cases_case WHERE number LIKE %s OR reverse(number) LIKE %s LIMIT %s)"
        values += [f"{words[0]}%", f"{words[0][::-1]}%", FEW + 1]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [pk for (pk,) in cursor.fetchall()]


def _patterns(words: Sequence[str]) -> list[str]:
    escaped = (re.sub(r"([\\%_])", r"\\\1", word) for word in words)
    return [f"%{word}%" for word in escaped]
