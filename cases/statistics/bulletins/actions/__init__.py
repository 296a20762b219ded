"""What is done with bulletins: drafted, edited, issued, discarded, made into files. The only door for their rows."""

from cases.statistics.bulletins.actions.drafting import discard_bulletin, draft_bulletin
from cases.statistics.bulletins.actions.editing import Section, Text, redraw_section, save_bulletin
from cases.statistics.bulletins.actions.files import ask_files
from cases.statistics.bulletins.actions.issuing import issue_bulletin

__all__ = [
    "Section",
    "Text",
    "ask_files",
    "discard_bulletin",
    "draft_bulletin",
    "issue_bulletin",
    "redraw_section",
    "save_bulletin",
]
