"""Tell the time, and read days, times and lengths as people write them.

The grammar is the two tables at the end, _PAST and _AHEAD. Words with no reading or
with two are refused, never guessed. The larger modules are imported where they are needed.
"""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from engage_cli.errors import AmbiguousDate, UnreadableDate, WrongUsage

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_CADENCE_DAYS = {"year": 365, "month": 30, "week": 7, "day": 1}
_JUST = 60  # days within which a day without a year has just passed
_LONGEST_CADENCE = 100 * 365
_EXAMPLES = {
    -1: "Say for example: yesterday, friday, 3 days ago, 20 nov, 2026-11-20.",
    1: "Say for example: tomorrow, friday, in 2 weeks, end of month, 2026-11-20.",
}
_FULL_WIDTH = {sign + 0xFEE0: sign for sign in range(ord("!"), ord("~") + 1)}


def now() -> datetime:
    """Return this moment in the local zone; ENGAGE_NOW, an ISO moment, replaces the clock.

    Raises WrongUsage when ENGAGE_NOW cannot be read.
    """
    told = os.environ.get("ENGAGE_NOW")
    if not told:
        return datetime.now().astimezone()
    try:
        return datetime.fromisoformat(told).astimezone()
    except (ValueError, OverflowError):
        raise WrongUsage(f'ENGAGE_NOW is "{told}"; it must be like 2026-11-20T09:00 or 2026-11-20T09:00Z.') from None


def today() -> date:
    """Return the local day."""
    return now().date()


def moment() -> str:
    """Return this moment in UTC, to the second: 2026-11-20T09:00:00Z."""
    return _stamp(now())


def midnight(day: date) -> str:
    """Return the moment in UTC at which a local day begins."""
    try:
        return _stamp(datetime.combine(day, time.min))
    except (ValueError, OverflowError):  # next to the first or the last day that there is
        return f"{day}T00:00:00Z"


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def zone() -> str:
    """Return the IANA name of the local zone: from TZ, else from /etc/localtime, else UTC."""
    told = os.environ.get("TZ", "").removeprefix(":")
    names = (path.rpartition("zoneinfo/")[2] for path in (told, _system_zone()))
    return next((name for name in names if is_zone(name)), "UTC")


def _system_zone() -> str:
    try:
        return Path("/etc/localtime").readlink().as_posix()
    except OSError:
        return ""


def is_zone(name: str) -> bool:
    """Whether the IANA list has a zone of that name."""
    from zoneinfo import ZoneInfo

    try:
        return bool(name) and bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


def utc(day: date, at: time, zone: str) -> str:
    """Return the UTC moment (…Z) of a local day and time in the IANA zone.

    Raises WrongUsage when the clocks of that zone skip the time or show it twice on that day.
    """
    if not is_zone(zone):
        raise WrongUsage(f'"{zone}" is not a time zone I know. Say for example: Europe/Berlin.')
    moments = _moments(datetime.combine(day, at), zone)
    if len(moments) != 1:
        how_often = "twice" if moments else "not at all"
        raise WrongUsage(f"{at:%H:%M} comes {how_often} on {full(day)} in {zone}. Give another time, or no time.")
    return _stamp(moments.pop())


def _moments(local: datetime, zone: str) -> set[datetime]:
    from zoneinfo import ZoneInfo

    there = ZoneInfo(zone)
    try:
        either = {local.replace(tzinfo=there, fold=fold).astimezone(UTC) for fold in (0, 1)}
        return {found for found in either if found.astimezone(there).replace(tzinfo=None, fold=0) == local}
    except OverflowError:
        raise UnreadableDate(local.date().isoformat()) from None


def live_in(zone: str) -> None:
    """Take a zone of the IANA list for the local one, in this process."""
    import time as system

    os.environ["TZ"] = zone
    system.tzset()


def write_days(style: str) -> None:
    """Choose how `full` writes days from now on: full, iso, or the locale's way."""
    global _write
    _write = {"iso": date.isoformat, "locale": _in_the_locale}.get(style, _in_full)


def full(day: date) -> str:
    """Return the day as it is always shown: Fri 20 Nov 2026, unless the configuration chose another way."""
    return _write(day)


def _in_the_locale(day: date) -> str:
    import locale

    with suppress(locale.Error):
        locale.setlocale(locale.LC_TIME, "")
    return f"{day:%x}"


def _in_full(day: date) -> str:
    """Write a day in English, whatever the locale."""
    weekday, month = _WEEKDAYS[day.weekday()][:3], _MONTHS[day.month - 1][:3]
    return f"{weekday.title()} {day.day} {month.title()} {day.year:04}"


_write: Callable[[date], str] = _in_full


def past(text: str, day: date, order: str | None = None) -> date:
    """Read a day looking back from `day`: what names no year is the latest one, `day` included.

    `order` (dmy or mdy) decides what 3/4 means; 20/11 has one reading anyway. A day in the future is returned as it is.
    Raises UnreadableDate or AmbiguousDate.
    """
    return _read(_PAST, _Asked(text, day, order, -1))


def ahead(text: str, day: date, order: str | None = None) -> date:
    """Read a day looking ahead from `day`: a weekday comes after it, what names no year not before it.

    `order` (dmy or mdy) decides what 3/4 means; 20/11 has one reading anyway. A day already past is returned as it is.
    Raises UnreadableDate or AmbiguousDate.
    """
    return _read(_AHEAD, _Asked(text, day, order, 1))


def happened(text: str, day: date, order: str | None = None) -> tuple[date, time | None]:
    """Read DATE, TIME (on `day`) or DATE TIME, looking back from `day`.

    A dot never parts hours and minutes here: 20.11 is a day. Raises WrongUsage.
    """
    told = re.fullmatch(_DAY_AND_TIME, _plain(text), re.ASCII)
    if told is None:
        return past(text, day, order), None
    on = past(told["day"], day, order) if told["day"] else day
    return on, clock_time(told["time"])


def clock_time(text: str) -> time:
    """Read a time of day: 14:30, 14.30, 2pm, 2:30 pm. Raises WrongUsage."""
    found = re.fullmatch(_TIME, _plain(text), re.ASCII)
    try:
        if found:
            return time(_hour(int(found["hour"]), found["half"]), int(found["minute"] or 0))
    except ValueError:
        pass
    raise WrongUsage(f'"{text}" is not a time I can read. Write it like 14:30 or 2:30pm.')


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half == "p" else 0)


def due(text: str, day: date, order: str | None = None) -> tuple[str, date | None]:
    """Part "WORDS by DATE" or "WORDS @DATE" into its words and the due day, counted from `day`.

    Only the last `by` or `@` counts; when no date was meant there ("stand by me"), all of it is words.
    Raises UnreadableDate or AmbiguousDate when one was meant, WrongUsage when no words are left.
    """
    found = re.fullmatch(_PROMISE, text.strip())
    on = _due_on(found["date"], day, order) if found else None
    words = (found["words"] or "").strip() if found and on else text.strip()
    if not words:
        raise WrongUsage(f'"{text}" has no words. Say what was promised, for example: send the quote by friday.')
    return words, on


def _due_on(text: str, day: date, order: str | None) -> date | None:
    try:
        return ahead(text.rstrip(".,;!? "), day, order)
    except UnreadableDate:
        if _looks_like_a_date(text):
            raise
        return None


def _looks_like_a_date(text: str) -> bool:
    """Say whether a date was meant: a digit, a word of the grammar, or nearly a long one (firday)."""
    from difflib import get_close_matches

    known = ("today", "tomorrow", "yesterday", *_WEEKDAYS, *_MONTHS)
    # Short names have too many neighbours: "jane" is as close to "june" as "firday" is to "friday".
    long = [name for name in known if len(name) > 4]
    words = set(re.findall("[a-z]+", text.lower()))
    return any(sign.isdigit() for sign in text) or any(
        re.fullmatch(_DATE_WORD, word) or get_close_matches(word, long, 1, 0.75) for word in words
    )


def cadence(text: str) -> int:
    """Read how often to talk (10d, 2w, 3m, 1y, never) as days: a month is 30, a year 365, never 0.

    Raises WrongUsage.
    """
    words = _plain(text)
    if words == "never":
        return 0
    found = re.fullmatch(_SPAN, words, re.ASCII)
    if found is None:
        raise WrongUsage(f'"{text}" is not a cadence I can read. Say for example: 10d, 2w, 3m, 1y or never.')
    days = _count(found) * _CADENCE_DAYS[_unit(found)]
    if not 0 < days <= _LONGEST_CADENCE:
        raise WrongUsage(f'"{text}" is no cadence: it goes from 1d to 100y. To be left alone, say never.')
    return days


def every(days: int) -> str:
    """Say a cadence in words, in the largest unit that fits: every 2 weeks; 0 is never."""
    if days == 0:
        return "never"
    unit, size = next((unit, size) for unit, size in _CADENCE_DAYS.items() if days % size == 0)
    return f"every {unit}" if days == size else f"every {days // size} {unit}s"


def minutes(text: str) -> int:
    """Read how long something took, as minutes: 30m, 90, 1h, 1h30, 1.5h; at most 24 hours. Raises WrongUsage."""
    words = _plain(text)
    found = re.fullmatch(_HOURS, words, re.ASCII) or re.fullmatch(_MINUTES, words, re.ASCII)
    if found is None:
        raise WrongUsage(f'"{text}" is not a length I can read. Say for example: 30m, 1h, 1h30.')
    told = found.groupdict()
    length = round(float((told.get("hours") or "0").replace(",", ".")) * 60) + int(told["minutes"] or 0)
    if not 0 < length <= 24 * 60:
        raise WrongUsage(f'"{text}" cannot be: a conversation takes from 1 minute to 24 hours.')
    return length


class _Asked(NamedTuple):
    text: str
    day: date
    order: str | None
    step: int  # 1 looks ahead, -1 looks back


_Form = tuple[str, Callable[[re.Match[str], _Asked], date | None]]


def _read(forms: tuple[_Form, ...], asked: _Asked) -> date:
    words = _plain(asked.text)
    try:
        for pattern, reading in forms:
            found = re.fullmatch(pattern, words, re.ASCII)
            if found and (on := reading(found, asked)):
                said = found.groupdict()
                if asked.step > 0 and said.get("year", "") is None:
                    _refuse_just_past(on, asked)
                return _agreed(said.get("weekday"), on, asked)
    except (ValueError, OverflowError):
        pass  # a year that no calendar has
    raise UnreadableDate(asked.text, _EXAMPLES[asked.step])


def _plain(text: str) -> str:
    words = text.translate(_FULL_WIDTH).lower().split()
    return " ".join(word for word in words if word != "the")


def _agreed(weekday: str | None, on: date, asked: _Asked) -> date:
    if weekday and on.weekday() != _index(weekday, _WEEKDAYS):
        raise UnreadableDate(asked.text, f"That day is {full(on)}.")
    return on


def _index(beginning: str, names: tuple[str, ...]) -> int:
    return next(place for place, name in enumerate(names) if name.startswith(beginning))


def _weekday_back(found: re.Match[str], asked: _Asked) -> date:
    days = (asked.day.weekday() - _index(found["weekday"], _WEEKDAYS)) % 7
    return asked.day - timedelta(days or (7 if found["last"] else 0))


def _weekday_ahead(found: re.Match[str], asked: _Asked) -> date:
    days = (_index(found["weekday"], _WEEKDAYS) - asked.day.weekday()) % 7
    on = asked.day + timedelta(days or 7)
    if found["next"] and _same_week(asked.day, on):
        raise AmbiguousDate(asked.text, [on.isoformat(), (on + timedelta(7)).isoformat()])
    return on


def _same_week(one: date, other: date) -> bool:
    """Say whether a week holds both days, be it one from Monday or one from Sunday."""
    return any((one.toordinal() - start) // 7 == (other.toordinal() - start) // 7 for start in (0, 1))


def _span(found: re.Match[str], asked: _Asked) -> date:
    return _moved(asked.day, asked.step * _count(found), _unit(found))


def _count(found: re.Match[str]) -> int:
    word = found["count"].strip()
    return _COUNTS.get(word) or int(word)


def _unit(found: re.Match[str]) -> str:
    return next(unit for unit in _CADENCE_DAYS if unit[0] == found["unit"][0])


def _moved(day: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return day + timedelta(count * _CADENCE_DAYS[unit])
    from dateutil.relativedelta import relativedelta

    moved: date = day + relativedelta(months=count * (12 if unit == "year" else 1))
    return moved


def _end(found: re.Match[str], asked: _Asked) -> date:
    from dateutil.relativedelta import relativedelta

    last_month = 12 if _unit(found) == "year" else None
    later = _moved(asked.day, 1 if found["next"] else 0, _unit(found))
    end: date = later + relativedelta(month=last_month, day=31)
    return end


def _calendar(found: re.Match[str], asked: _Asked) -> date | None:
    told = found["month"]
    month = int(told) if told.isdigit() else _index(told, _MONTHS) + 1
    return _on(found["year"], month, int(found["day"]), asked)


def _slashed(found: re.Match[str], asked: _Asked) -> date | None:
    one, two = int(found["one"]), int(found["two"])
    readings = {"dmy": _on(found["year"], two, one, asked), "mdy": _on(found["year"], one, two, asked)}
    days = sorted({on for on in readings.values() if on})
    wanted = readings.get(asked.order or "")
    if len(days) > 1 and not wanted:
        raise AmbiguousDate(asked.text, [on.isoformat() for on in days])
    return wanted or next(iter(days), None)


def _on(year: str | None, month: int, day: int, asked: _Asked) -> date | None:
    if year and len(year) < 4:
        raise UnreadableDate(asked.text, "Write the year with four digits.")
    return _possible(int(year), month, day) if year else _nearest(month, day, asked)


def _refuse_just_past(ahead: date, asked: _Asked) -> None:
    """A day that has just passed is rather a slip than meant for next year, when nobody would look for it."""
    before = _nearest(ahead.month, ahead.day, asked._replace(step=-1))
    if before and 0 < (asked.day - before).days <= _JUST:
        raise AmbiguousDate(asked.text, [ahead.isoformat(), before.isoformat()])


def _nearest(month: int, day: int, asked: _Asked) -> date | None:
    # From one 29 February to the next it can be eight years.
    years = range(asked.day.year, asked.day.year + 9 * asked.step, asked.step)
    days = (on for year in years if (on := _possible(year, month, day)))
    return next((on for on in days if (on - asked.day).days * asked.step >= 0), None)


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# Not just any beginning of a name: Frida is no Friday.
_A_WEEKDAY = "mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_A_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|"
    "july?|aug(?:ust)?|sept?|september|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAY = rf"(?P<weekday>{_A_WEEKDAY})"
_MONTH = rf"(?P<month>{_A_MONTH})"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4}|\d\d)"
_LEAD = rf"(?:{_WEEKDAY}[.,]? )?"
_UNIT = r"(?P<unit>(?:day|week|month|year)s?|[dwmy])"
_SPAN = rf"(?P<count>\d{{1,4}} ?|(?:{'|'.join(_COUNTS)}) (?=\w\w)){_UNIT}"
_DATE_WORD = rf"{_A_WEEKDAY}|{_A_MONTH}|(?:day|week|month|year)s?|next|end"
_PROMISE = r"(?is)(?:(?P<words>.*)\s)?(?:by\s+|@\s*)(?P<date>.*)"
_TIME = r"(?!\d+$)(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?: ?(?P<half>[ap])m)?"
_DAY_AND_TIME = r"(?:(?P<day>.+?)(?:(?<=\d)t| at | ))?(?P<time>\d{1,2}:\d\d(?: ?[ap]m)?|\d{1,2} ?[ap]m)"
_MINUTES = r"(?P<minutes>\d{1,4}) ?(?:m|mins?|minutes?)?"
# A fraction of an hour takes no minutes: 1.5h, not 1.5h30.
_HOURS = r"(?P<hours>\d{1,2}(?:[.,]\d\d?(?!.*\d))?) ?(?:h|hours?)(?: ?(?P<minutes>[0-5]?\d) ?(?:m|mins?|minutes?)?)?"

# The first form that reads counts. A weekday in front must be that day's own.
_EITHER: tuple[_Form, ...] = (
    (rf"{_LEAD}(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/]{_DAY}", _calendar),
    (rf"{_LEAD}{_DAY}\. ?(?P<month>\d{{1,2}})(?:\.(?: ?{_YEAR})?)?", _calendar),
    (rf"{_LEAD}{_DAY}(?:\.|st|nd|rd|th)? (?:of )?{_MONTH}\.?(?:,? {_YEAR})?", _calendar),
    (rf"{_LEAD}{_MONTH}\.? {_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?", _calendar),
    (rf"{_LEAD}(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})(?:/{_YEAR})?", _slashed),
    (rf"{_LEAD}(?P<one>\d{{1,2}})-(?P<two>\d{{1,2}})-{_YEAR}", _slashed),
)
_PAST: tuple[_Form, ...] = (
    ("today", lambda _, asked: asked.day),
    ("yesterday", lambda _, asked: asked.day - timedelta(1)),
    (rf"(?P<last>last )?{_WEEKDAY}", _weekday_back),
    (rf"{_SPAN} ago", _span),
    (rf"-{_SPAN}", _span),
    *_EITHER,
)
_AHEAD: tuple[_Form, ...] = (
    ("today", lambda _, asked: asked.day),
    ("tomorrow", lambda _, asked: asked.day + timedelta(1)),
    (rf"(?P<next>next )?{_WEEKDAY}", _weekday_ahead),
    (rf"in {_SPAN}", _span),
    (r"\+?(?P<count>\d{1,4})(?P<unit>[dwmy])", _span),
    (r"next (?P<unit>week|month|year)", lambda found, asked: _moved(asked.day, 1, _unit(found))),
    (r"end of (?P<next>next )?(?P<unit>month|year)", _end),
    *_EITHER,
)
