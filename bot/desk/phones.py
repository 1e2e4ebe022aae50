"""A customer's phone as it is typed at the desk."""

import phonenumbers

from bot.errors import PhoneWrong


def e164(said: str, *, area_code: str) -> str:
    """+8613807911234 of 138 0791 1234 or of a local number, which the charter's area code completes. Raises
    PhoneWrong."""
    digits = "".join(sign for sign in said if sign.isdigit() or sign == "+")
    local = len(digits) in (7, 8) and digits[0] not in "019"
    try:
        number = phonenumbers.parse(f"{area_code}{digits}" if local else digits, "CN")
    except phonenumbers.NumberParseException as wrong:
        raise PhoneWrong from wrong
    if not phonenumbers.is_valid_number(number):
        raise PhoneWrong
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
