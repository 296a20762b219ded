"""An institution as somebody tells of it: a person by a form, or a row of a list."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from communities.institutions import credit_code


@dataclass(frozen=True)
class InstitutionTold:
    """An institution as a person writes it; the point in WGS-84 degrees."""

    name: str
    kind: str
    credit_code: str = ""
    address: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    area_text: str = ""
    frontage_m: int | None = None
    contact_name: str = ""
    office_phone: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the row."""
        plain = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(self).items()}
        return {**plain, "credit_code": credit_code.normal(self.credit_code)}
