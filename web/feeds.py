"""What others subscribe to: news as Atom (RFC 4287), days as iCalendar (RFC 5545)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from heapq import nlargest
from operator import itemgetter
from typing import Final, NamedTuple

import icalendar

from web.languages import _
from web.words.labels import LABELS
from web.words.work import dated
from workflow.dates import Dated, Falls
from workflow.openness import Known, Publication

ATOM: Final = "http://www.w3.org/2005/Atom"
NEWEST: Final = 50
# What anybody may know of the calendar: no deadlines, nor who has not handed in.
OPEN: Final = frozenset(Falls) - {Falls.DEADLINE}


class News(NamedTuple):
    """Something new: what, more about it, on which day, by which entry, and where it is told."""

    title: str
    text: str
    on: date
    entry: int
    href: str


def news(
    exemplars: Iterable[Known], address: Callable[[Known], str], others: Iterable[News] = ()
) -> list[News]:
    """Return the newest recognitions, publications and other news, the newest first.

    There may be many exemplars: only of the newest is more asked than the day.
    """
    told = (found for one in exemplars for found in _of(one))
    newest = nlargest(NEWEST, told, key=itemgetter(0, 1))
    found = (_news(one, shown, address(one)) for _on, _entry, one, shown in newest)
    return sorted([*found, *others], key=lambda item: (item.on, item.entry), reverse=True)[:NEWEST]


def _of(one: Known) -> Iterator[tuple[date, int, Known, Publication | None]]:
    if one.recognized_on:
        yield one.recognized_on, one.entry, one, None
    for shown in one.published:
        yield shown.on, shown.entry, one, shown


def _news(one: Known, shown: Publication | None, href: str) -> News:
    if shown is None:
        assert one.recognized_on, "it was recognised"
        title = _("Công nhận điển hình: %(name)s", name=one.name)
        text = " · ".join(part for part in (one.unit, one.decision, one.achievement) if part)
        return News(title, text, one.recognized_on, one.entry, href)
    title = _("Giới thiệu điển hình: %(name)s", name=one.name)
    where = next((word for key, word in LABELS.items() if str(key) == shown.channel), "")
    return News(title, f"{where}: {shown.document}", shown.on, shown.entry, href)


def atom(items: Iterable[News], title: str, base: str, href: str) -> bytes:
    """Return a feed; its ids are addresses that stay."""
    told = list(items)
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _put(feed, "title", title)
    _put(feed, "id", href)
    _put(feed, "updated", _instant(told[0].on if told else date(1970, 1, 1)))
    ET.SubElement(_put(feed, "author"), f"{{{ATOM}}}name").text = _("Sổ Điển hình")
    _put(feed, "link", rel="self", href=href, type="application/atom+xml")
    _put(feed, "link", rel="alternate", href=base, type="text/html")
    for item in told:
        entry = _put(feed, "entry")
        _put(entry, "title", item.title)
        _put(entry, "id", f"{item.href}#{item.entry}")
        _put(entry, "updated", _instant(item.on))
        _put(entry, "link", rel="alternate", href=item.href, type="text/html")
        _put(entry, "summary", item.text)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _put(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    made.text = "".join(filter(_readable, text)) if text else text
    return made


def _readable(char: str) -> bool:
    """Return whether XML can hold a character."""
    return char >= " " or char in "\t\n\r"


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+07:00"


def calendar(days: Iterable[Dated], names: Mapping[str, str], title: str) -> bytes:
    """Return days as whole-day events; the same day and matter keep their id."""
    made = icalendar.Calendar()
    made.add("prodid", "-//exemplar-register//calendar//VI")
    made.add("version", "2.0")
    made.add("x-wr-calname", title)
    for one in sorted(days, key=lambda day: (day.day, day.subject, day.falls)):
        event = icalendar.Event()
        matter = "-".join(str(part) for part in (one.falls, one.what, one.year) if part)
        about = sha256(one.subject.encode()).hexdigest()[:16]  # not the id: others read it
        event.add("uid", f"{about}-{matter}@exemplar-register")
        event.add("dtstamp", datetime.combine(one.day, time(), UTC))  # the same bytes each time
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(1))
        event.add("summary", dated(one, names))
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())
