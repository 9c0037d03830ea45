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

_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(
    r"([A-Za-z0-9-]{1,40})((?:;[^:\"]{0,500}|\"[^\"]{0,500}\"){0,40}+):(.*)", re.DOTALL
)
_NAME = re.compile(r";CN=(?:\"([^\"]{1,200})\"|([^\";:]{1,200}))", re.IGNORECASE)
_ZONE = re.compile(r";TZID=\"?([^\";:]{1,100})", re.IGNORECASE)
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d{0,2}(Z?))?")
_ESCAPED = re.compile(r"\\(.)")
_EVENTS = ("VEVENT", "VTODO", "VJOURNAL")
_LABELS = {
    "en": ("Starts", "Ends", "Repeats", "Place", "Organiser", "Participants"),
    "zh": ("开始", "结束", "重复", "地点", "组织者", "参加者"),
}
_MOST_EVENTS = 10_000
_MOST_PEOPLE = 200


class _Event:
    """The lines of a meeting by their names."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.people: list[str] = []


def read(given: Given) -> Reading:
    """Read the meetings of a calendar file. Raises ReadError (`empty`)."""
    decoded = decode(given.data)
    events = _events(_FOLD.sub("", decoded.text))
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
    return Reading(title or None, lang, (part,), [])


def _events(text: str) -> list[_Event]:
    events: list[_Event] = []
    inside: list[str] = []
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        if not found:
            continue
        name, more, value = found[1].upper(), found[2], found[3].strip()
        if name == "BEGIN":
            inside = [*inside, value.upper()][:50]
            if value.upper() in _EVENTS and len(events) < _MOST_EVENTS:
                events.append(_Event())
        elif name == "END":
            inside = inside[:-1]
        elif inside and inside[-1] in _EVENTS and events:
            _take(events[-1], name, more, value)
    return events


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
        elif len(event.people) < _MOST_PEOPLE:
            event.people.append(who)
    else:
        event.said.setdefault(name, _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value))


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
    values = (
        said.get("DTSTART", ""),
        said.get("DTEND") or said.get("DUE", ""),
        said.get("RRULE", ""),
        collapsed(said.get("LOCATION", "")),
        said.get("ORGANIZER", ""),
        "; ".join(event.people),
    )
    labels, colon = _LABELS.get(lang, _LABELS["en"]), "：" if lang == "zh" else ": "
    writer.paragraph(
        "\n".join(f"{n}{colon}{value}" for n, value in zip(labels, values, strict=True) if value)
    )
    for paragraph in re.split(r"\n\s*+\n", said.get("DESCRIPTION", "")):
        writer.paragraph(paragraph)
