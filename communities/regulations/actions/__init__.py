"""Use cases of regulations: the only door through which their rows are written."""

from communities.regulations.actions.keeping import (
    abolish_regulation,
    change_regulation,
    publish_regulation,
    replace_regulation,
)
from communities.regulations.actions.loading import Imported, import_regulations, load_regulations
from communities.regulations.told import RegulationTold

__all__ = [
    "Imported",
    "RegulationTold",
    "abolish_regulation",
    "change_regulation",
    "import_regulations",
    "load_regulations",
    "publish_regulation",
    "replace_regulation",
]
