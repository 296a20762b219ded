"""The columns of files: heading and cell. Who made a suggestion is in none."""

from django.utils.translation import gettext, gettext_lazy

from cases.publicity.lifecycle import DECISIONS, ITEM, SUGGESTION, WAYS
from cases.publicity.models import PublicityItem, Suggestion
from citymgmt.sheets import Columns

ITEM_COLUMNS: Columns[PublicityItem] = (
    (gettext_lazy("kind of publicity"), lambda row: gettext(row.told_kind.label)),
    (gettext_lazy("theme"), lambda row: row.theme),
    (gettext_lazy("state"), lambda row: gettext(ITEM.stages[row.state].label)),
    (gettext_lazy("community"), lambda row: row.where),
    (gettext_lazy("place"), lambda row: row.address),
    (gettext_lazy("maker"), lambda row: row.maker or gettext("the office itself")),
    (gettext_lazy("how many"), lambda row: row.quantity),
    (gettext_lazy("unit of quantity"), lambda row: row.unit),
    (gettext_lazy("people reached"), lambda row: row.reached),
    (gettext_lazy("who answers for it"), lambda row: row.responsible),
    (gettext_lazy("planned for"), lambda row: row.planned_on),
    (gettext_lazy("put out on"), lambda row: row.put_on),
    (gettext_lazy("to be taken down by"), lambda row: row.until_on),
    (gettext_lazy("taken down on"), lambda row: row.down_on),
    (gettext_lazy("regulation publicised"), lambda row: row.regulation),
    (gettext_lazy("web address"), lambda row: row.web),
)
SUGGESTION_COLUMNS: Columns[Suggestion] = (
    (gettext_lazy("received on"), lambda row: row.received_on),
    (gettext_lazy("community"), lambda row: row.community),
    (gettext_lazy("how it came"), lambda row: gettext(WAYS[row.way])),
    (gettext_lazy("forum"), lambda row: row.forum),
    (gettext_lazy("suggestion"), lambda row: row.text),
    (gettext_lazy("state"), lambda row: gettext(SUGGESTION.stages[row.state].label)),
    (gettext_lazy("decision"), lambda row: gettext(DECISIONS[row.decision]) if row.decision else ""),
    (gettext_lazy("answer"), lambda row: row.answer),
    (gettext_lazy("why it is not adopted"), lambda row: row.reason),
    (gettext_lazy("answered on"), lambda row: row.answered_on),
    (gettext_lazy("to be carried out by"), lambda row: row.by_day),
    (gettext_lazy("what was done about it"), lambda row: row.done),
    (gettext_lazy("carried out on"), lambda row: row.done_on),
    (gettext_lazy("case"), lambda row: row.case.number if row.case else ""),
)
