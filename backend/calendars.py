"""The State Council's holiday notices 国务院办公厅放假通知 as a calendar, from the chinesecalendar package."""

from datetime import date, timedelta
from functools import cache

from chinese_calendar import constants

from backend.domain.working_time import Calendar

_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}

# 《全国年节及纪念日放假办法》(2024 revision): certain before any notice is out. Dates of the lunar calendar and of
# the solar term are astronomy, not notice. Only for years that the package does not know yet.
_FIXED = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}
_NEW_YEAR_OF_THE_MOON = (date(2027, 2, 6), date(2028, 1, 26))
_MOVING = {
    date(2027, 4, 5): "清明节",
    date(2027, 6, 9): "端午节",
    date(2027, 9, 15): "中秋节",
    date(2028, 4, 4): "清明节",
    date(2028, 5, 28): "端午节",
    date(2028, 10, 3): "中秋节",
}
_STATUTORY_YEARS_AHEAD = 5


def _statutory(*, after: int) -> dict[date, str]:
    years = range(after + 1, after + 1 + _STATUTORY_YEARS_AHEAD)
    fixed = {date(year, month, day): name for year in years for (month, day), name in _FIXED.items()}
    spring = {first + timedelta(days=n): "春节" for first in _NEW_YEAR_OF_THE_MOON for n in range(-1, 3)}
    certain = {**fixed, **_MOVING, **spring}
    return {on: f"{name}（法定节假日）" for on, name in certain.items() if on.year > after}


@cache
def state_council_calendar() -> Calendar:
    """Years that the package knows are certain; later ones are UNKNOWN but for the statutory holidays."""
    known = frozenset(on.year for on in constants.holidays)
    last = max(known)
    days_off = {on: f"{_NAMES[name]}放假" for on, name in constants.holidays.items()}
    make_up_days = {on: f"{_NAMES[name]}调休上班" for on, name in constants.workdays.items()}
    return Calendar(
        name=f"国务院办公厅放假通知（已收录至 {last} 年）",
        known_years=known,
        days_off={**days_off, **_statutory(after=last)},
        make_up_days=make_up_days,
    )
