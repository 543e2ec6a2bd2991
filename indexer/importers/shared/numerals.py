"""Format list numbers as decimals, letters, Roman numerals or ordinals."""

from collections.abc import Callable

from roman_numerals import RomanNumeral

MAX_NUMBER = 3999  # the largest Roman numeral, and a limit for letters


def letters(number: int) -> str:
    """Format a number in letters, as word processors do: a ... z, then aa, bb ...

    Return digits for a number below 1 or above MAX_NUMBER.
    """
    if not 0 < number <= MAX_NUMBER:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def roman(number: int) -> str:
    """Format a number in Roman numerals: i, ii, iii, iv ...

    Return digits for a number below 1 or above MAX_NUMBER.
    """
    return RomanNumeral(number).to_lowercase() if 0 < number <= MAX_NUMBER else str(number)


def ordinal(number: int) -> str:
    """Format a number as an English ordinal: 1st, 2nd, 3rd ..."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"


# Formats by the character that denotes them in HTML and word processors.
NUMERALS: dict[str, Callable[[int], str]] = {
    "1": str,
    "a": letters,
    "A": lambda number: letters(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}
