"""The pages of monthly bulletins."""

from cases.statistics.views.bulletins.deciding import anew, discard, draft, issue
from cases.statistics.views.bulletins.editing import edit
from cases.statistics.views.bulletins.files import bulletin_file, chart, files, make_files
from cases.statistics.views.bulletins.reading import bulletin, bulletin_list

__all__ = [
    "anew",
    "bulletin",
    "bulletin_file",
    "bulletin_list",
    "chart",
    "discard",
    "draft",
    "edit",
    "files",
    "issue",
    "make_files",
]
