"""The number of a list's item, as it is printed."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LARGEST = 4000  # Roman numerals end here, and no list is longer in letters


def decimal(number: int) -> str:
    """1, 2, 3 ..."""
    return str(number)


def padded(number: int) -> str:
    """01, 02, 03 ..."""
    return f"{number:02}"


def letters(number: int) -> str:
    """A ... z, then aa, bb ..., as word processors count."""
    if not 0 < number < LARGEST:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def roman(number: int) -> str:
    """i, ii, iii, iv ..."""
    if not 0 < number < LARGEST:
        return str(number)
    found = ""
    for value, sign in _ROMAN:
        found += sign * (number // value)
        number %= value
    return found


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd ..."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"
