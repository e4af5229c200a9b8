"""Names as they are shown to whoever holds a receipt or a number: enough to know one's own, no more."""


def masked(name: str) -> str:
    """The first character and one star (张*), however long the name is; of a name of one character, the star alone."""
    shown = name.strip()
    return f"{shown[0]}*" if len(shown) > 1 else "*"


def phone4(*phones: str) -> str:
    """The last four digits of the first telephone number that has so many; "" where none has."""
    for phone in phones:
        digits = "".join(char for char in phone if char in "0123456789")
        if len(digits) >= 4:
            return digits[-4:]
    return ""
