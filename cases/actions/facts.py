"""Facts and words: corrections and notes."""

from django.utils.translation import gettext as _

from cases.actions.frame import Desk, action
from cases.models import Case, CaseEvent
from citymgmt.refusals import Invalid
from communities.models import Community, KeyPlace


@action("correct")
def correct(
    desk: Desk,
    *,
    description: str = "",
    address: str | None = None,
    community: Community | None = None,
    key_place: KeyPlace | None = None,
    note: str = "",
) -> CaseEvent:
    """Correct what was written down or where it is. Free text may hold personal data and stays out of the event.

    Raises: Invalid when nothing changes or the community belongs elsewhere.
    """
    case = desk.case
    texts = {
        "description": description.strip() or case.description,
        "address": case.address if address is None else address.strip(),
    }
    changed = [name for name, text in texts.items() if getattr(case, name) != text]
    places = _places(case, community, key_place)
    if not changed and not places:
        raise Invalid(_("Nothing was changed."))
    case.description, case.address = texts["description"], texts["address"]
    case.save(update_fields=list(texts))
    named = ", ".join(changed)
    return desk.record(
        note=" ".join(part for part in (f"[{named}]" if named else "", note.strip()) if part), changes=places
    )


def _places(case: Case, community: Community | None, key_place: KeyPlace | None) -> dict[str, int | None]:
    if community is not None and community.subdistrict_id != case.subdistrict_id:
        raise Invalid(fields={"community": _("This community belongs to another sub-district.")})
    home = community.pk if community else case.community_id
    if key_place is not None and key_place.community_id != home:
        raise Invalid(fields={"key_place": _("This place lies in another community.")})
    stays = case.key_place_id if home == case.community_id else None  # a place lies in one community
    wanted = {"community_id": home, "key_place_id": key_place.pk if key_place else stays}
    return {name: pk for name, pk in wanted.items() if getattr(case, name) != pk}


@action("note")
def note(desk: Desk, *, note: str) -> CaseEvent:
    """Add a note that all who see the case can read."""
    return desk.record(note=note)
