"""The unified social credit code (统一社会信用代码): 18 characters of which the last checks the others. Pure.

Source: GB 32100-2015: the alphabet leaves out I, O, S, V and Z; weights are powers of 3 modulo 31.
"""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH, BASE, STEP = 18, 31, 3


def normal(text: str) -> str:
    """The code as it is kept: without blanks, in capital letters."""
    return "".join(text.split()).upper()


def check_character(body: str) -> str:
    """The last character that belongs to the first seventeen. Raises: ValueError for one that no code holds."""
    total = sum(ALPHABET.index(one) * pow(STEP, place, BASE) for place, one in enumerate(body))
    return ALPHABET[-total % BASE]


def is_right(code: str) -> bool:
    """Whether this is a code in its normal form: its length, its alphabet, its check character."""
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return False
    return check_character(code[:-1]) == code[-1]
