"""Colleagues mentioned in a note: `@` and a log-in name or full name, of people who may see the case.

The note keeps what was typed; the event keeps who was meant and where (`CaseEvent.mentions`), so that a mark and a
notice never depend on a name that changes later. Chinese puts nothing between words, so the longest name counts.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Case, Mention
from cases.querysets import readers_of
from citymgmt.people.models import User
from citymgmt.refusals import Invalid

MOST_MENTIONED = 20  # people in one note
# no part of an e-mail address or of a longer name of letters: "@li" is not in "a@li" and not in "@lin" or "@li.wei"
PATTERN = r"(?<![A-Za-z0-9._-])[@＠]({names})"
ENDS = r"(?![A-Za-z0-9_])(?![.-][A-Za-z0-9])"


def mentions_in(note: str, case: Case, by: User | None, on: date, departments: Iterable[int] = ()) -> list[Mention]:
    """Whom the note mentions and where; oneself is nobody, and a name that no colleague has is text.

    `departments` got the case just now. Raises: Invalid (field `note`), naming those of the own office who may not
    see the case, or a name that several have.
    """
    if by is None or ("@" not in note and "＠" not in note):
        return []
    readers = {user.pk: user for user in readers_of(case, on, departments)}
    people = _by_name([*readers.values(), *_own_office(by)])
    found, wrong = [], []
    for match in _pattern(people).finditer(note) if people else ():
        named = people[match[1].casefold()]
        seeing = sorted(pk for pk in named if pk in readers and pk != by.pk)
        if len(seeing) > 1:
            wrong.append(_("Several colleagues are called %(name)s: use the log-in name.") % {"name": match[1]})
        elif seeing:
            found.append(Mention(seeing[0], match.start(), match.end()))
        elif by.pk not in named:
            told = _("%(name)s may not see this case and cannot be mentioned.")
            wrong.append(told % {"name": match[1]})
    _check(found, wrong)
    return found


def _check(found: list[Mention], wrong: list[str]) -> None:
    if len({mention.user_id for mention in found}) > MOST_MENTIONED:
        most = MOST_MENTIONED
        wrong.append(
            ngettext("Mention at most %(most)d person.", "Mention at most %(most)d people.", most) % {"most": most}
        )
    if wrong:
        raise Invalid(fields={"note": list(dict.fromkeys(wrong))[:MOST_MENTIONED]})


def _own_office(by: User) -> Iterable[User]:
    """Those of the own sub-district, or of the own department: nobody learns of anybody else."""
    own = Q(subdistrict_id=by.subdistrict_id) if by.subdistrict_id else Q(organisation_id=by.organisation_id or 0)
    return User.objects.filter(own, is_active=True)


def _by_name(people: Iterable[User]) -> dict[str, set[int]]:
    """The ids of those who have a name, by the name in small letters."""
    found: dict[str, set[int]] = defaultdict(set)
    for user in people:
        for name in (user.username, user.display_name.strip()):
            if name:
                found[name.casefold()].add(user.pk)
    return found


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    whole = (re.escape(name) + (ENDS if name[-1].isascii() else "") for name in longest_first)
    return re.compile(PATTERN.format(names="|".join(whole)), re.IGNORECASE)
