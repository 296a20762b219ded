"""Old ledgers, as files: a column mapping, and rows with what is wrong in them. Writes nothing."""

from cases.importing.mapping import Ledger, read_mapping
from cases.importing.rows import Finding, ReadRow, read_ledger

__all__ = ["Finding", "Ledger", "ReadRow", "read_ledger", "read_mapping"]
