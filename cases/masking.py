"""What is shown of somebody to those who need not know everything. Pure. Source: domain 10.2."""

HIDDEN = "*"
SHORTEST_PARTLY = 7  # characters of a number of which a part is shown


def masked_name(name: str) -> str:
    """The first character: "王小明" is "王**"."""
    return name[:1] + HIDDEN * 2 if name else ""


def masked_phone(phone: str) -> str:
    """The first three and the last four characters: "138****5678"; of a short number nothing."""
    if not phone:
        return ""
    return phone[:3] + HIDDEN * 4 + phone[-4:] if len(phone) > SHORTEST_PARTLY else HIDDEN * 4


def masked_email(email: str) -> str:
    """The first character and the domain: "w****@example.org"."""
    if not email:
        return ""
    return email[:1] + HIDDEN * 4 + "@" + email.rpartition("@")[2]
