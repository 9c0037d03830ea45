"""Meetings as calendars send them (iCalendar, RFC 5545): what, when, where, who.

Read line by line, so that a line that is broken costs no other.
"""

from __future__ import annotations

import re

from ingest.document import Given, PartWriter, Reading
from ingest.encoding import decode
from ingest.errors import ReadError
from ingest.readers.mail.letter import address_line
from ingest.text import collapsed, language

_EMPTY_LINES = re.compile(r"\n[^\S\n]*+\n\s*+")
_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(
    r"([A-Za-z0-9-]{1,40})((?:;[^:\"]{0,500}|\"[^\"]{0,500}\"){0,40}+):(.*)", re.DOTALL
)
_NAME = re.compile(r";CN=(?:\"([^\"]{1,200})\"|([^\";:]{1,200}))", re.IGNORECASE)
_ZONE = re.compile(r";TZID=\"?([^\";:]{1,100})", re.IGNORECASE)
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d{0,2}(Z?))?")
_DURATION = re.compile(
    r"\+?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:\d{1,5}S)?)?"
)
_ESCAPED = re.compile(r"\\(.)")
_EVENTS = ("VEVENT", "VTODO", "VJOURNAL")
_LABELS = {
    "en": ("Status", "Starts", "Ends", "Lasts", "Repeats", "Not on", "Place", "Organiser",
           "Participants"),
    "zh": ("状态", "开始", "结束", "时长", "重复", "除外", "地点", "组织者", "参加者"),
}  # fmt: skip
# What is planned as usual has a status, too, which says nothing.
_STATUS = {
    "CANCELLED": ("cancelled", "已取消"),
    "TENTATIVE": ("tentative", "待定"),
    "NEEDS-ACTION": ("to do", "待办"),
    "IN-PROCESS": ("in progress", "进行中"),
    "COMPLETED": ("done", "已完成"),
    "DRAFT": ("draft", "草稿"),
}
_LISTED = ("DESCRIPTION", "COMMENT")  # of these there may be several
_MOST_EVENTS = 10_000
_MOST_PEOPLE = 200
_MOST_DAYS = 200  # on which a meeting that repeats is left out


class _Event:
    """The lines of a meeting by their names."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.people: list[str] = []
        self.free_days: list[str] = []


def read(given: Given) -> Reading:
    """Read the meetings of a calendar file. Raises ReadError (`empty`)."""
    decoded = decode(given.data)
    events, left_out = _events(_FOLD.sub("", decoded.text))
    lang = language(
        " ".join(e.said.get("SUMMARY", "") + e.said.get("DESCRIPTION", "") for e in events)
    )
    writer = PartWriter()
    for event in events:
        _write(event, writer, lang)
    part = writer.part()
    if not part.text:
        raise ReadError("empty", "no meeting stands in it; leave it out")
    title = collapsed(events[0].said.get("SUMMARY", "")) if len(events) == 1 else ""
    warnings = [*decoded.warnings, *_cut(events)]
    if left_out:
        told = "event" if left_out == 1 else "events"
        warnings.append(f"{left_out} {told} left out: more than {_MOST_EVENTS:,}; split it")
    return Reading(title or None, lang, (part,), warnings)


def _cut(events: list[_Event]) -> list[str]:
    """Shorten lists of people that are too long; return the warnings."""
    warnings: list[str] = []
    for event in events:
        if more := len(event.people[_MOST_PEOPLE:]):
            name = collapsed(event.said.get("SUMMARY", ""))[:100] or "a meeting"
            warnings.append(f"{more} participants of {name} left out: more than {_MOST_PEOPLE}")
    return warnings


def _events(text: str) -> tuple[list[_Event], int]:
    """The meetings, and how many more there are."""
    events: list[_Event] = []
    left_out = 0
    is_off = False
    inside: list[str] = []
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        if not found:
            continue
        name, more, value = found[1].upper(), found[2], found[3].strip()
        if name == "BEGIN":
            inside = [*inside, value.upper()][:50]
            if value.upper() in _EVENTS:
                if len(events) < _MOST_EVENTS:
                    events.append(_Event())
                    events[-1].said |= {"STATUS": "CANCELLED"} if is_off else {}
                else:
                    left_out += 1
        elif name == "END":
            inside = inside[:-1]
        elif name == "METHOD":
            is_off = value.upper() == "CANCEL"
        elif inside and inside[-1] in _EVENTS and events and not left_out:
            _take(events[-1], name, more, value)
    return events, left_out


def _take(event: _Event, name: str, more: str, value: str) -> None:
    if name in ("DTSTART", "DTEND", "DUE"):
        zone = _ZONE.search(more)
        event.said.setdefault(name, _time(value, zone[1] if zone else ""))
    elif name in ("ATTENDEE", "ORGANIZER"):
        named = _NAME.search(more)
        address = re.sub(r"(?i)^mailto:", "", value)
        who = address_line((named[1] or named[2]) if named else "", address)
        if name == "ORGANIZER":
            event.said.setdefault(name, who)
        else:
            event.people.append(who)
    elif name == "EXDATE":
        zone = _ZONE.search(more)
        event.free_days += (_time(one, zone[1] if zone else "") for one in value.split(","))
    else:
        said = _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)
        if name in _LISTED and name in event.said:
            said = f"{event.said.pop(name)}\n\n{said}"
        event.said.setdefault(name, said)


def _time(value: str, zone: str) -> str:
    found = _TIME.match(value)
    if not found:
        return value[:100]
    year, month, day, hour, minute, is_utc = found.groups()
    if hour is None:
        return f"{year}-{month}-{day}"
    zone = "UTC" if is_utc else zone
    return f"{year}-{month}-{day} {hour}:{minute}" + (f" ({zone})" if zone else "")


def _write(event: _Event, writer: PartWriter, lang: str) -> None:
    said = event.said
    writer.heading(said.get("SUMMARY", ""))
    is_chinese = lang == "zh"
    status = _STATUS.get(said.get("STATUS", "").upper())
    values = (
        status[is_chinese] if status else "",
        said.get("DTSTART", ""),
        said.get("DTEND") or said.get("DUE", ""),
        _length(said.get("DURATION", ""), is_chinese=is_chinese),
        said.get("RRULE", ""),
        "; ".join(event.free_days[:_MOST_DAYS]),
        collapsed(said.get("LOCATION", "")),
        said.get("ORGANIZER", ""),
        "; ".join(event.people[:_MOST_PEOPLE]),
    )
    labels, colon = _LABELS.get(lang, _LABELS["en"]), "：" if is_chinese else ": "
    writer.paragraph(
        "\n".join(f"{n}{colon}{value}" for n, value in zip(labels, values, strict=True) if value)
    )
    for name in _LISTED:
        for paragraph in _EMPTY_LINES.split(said.get(name, "")):
            writer.paragraph(paragraph)


def _length(said: str, *, is_chinese: bool) -> str:
    """Return how long a meeting lasts as one says it: of PT1H30M "1 h 30 min"."""
    found = _DURATION.fullmatch(said)
    units = ("周", "天", "小时", "分钟") if is_chinese else (" wk", " d", " h", " min")
    if not found:
        return said[:100]
    pieces = [f"{n}{unit}" for n, unit in zip(found.groups(), units, strict=True) if n]
    return ("" if is_chinese else " ").join(pieces)
