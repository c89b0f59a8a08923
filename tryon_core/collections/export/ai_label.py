"""The AI label: what machines read of a picture's making, found in a file or put into a copy of it.

IPTC's `DigitalSourceType` (newscodes cv.iptc.org), its property for the system (photo metadata standard
2025.1), tool and date, as XMP. A signed manifest is never touched: any change would break its signature.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from xml.sax.saxutils import quoteattr

from tryon_core.images.content_credentials import credentials_of
from tryon_core.images.xmp import NotWritable, with_xmp, xmp_of
from tryon_core.sentences import plain

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SPACES = {
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
}
_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_SOURCE_TYPE = "Iptc4xmpExt:DigitalSourceType"
_PROVENANCE = "{http://purl.org/dc/terms/}provenance"  # a signed manifest that is kept elsewhere
_END_OF_RDF = re.compile(r"</(?:[\w.-]+:)?RDF\s*>")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}"></rdf:RDF></x:xmpmeta>'
    '<?xpacket end="w"?>'
)


class SourceType(StrEnum):
    """IPTC's words for how a picture was made."""

    GENERATED = "trainedAlgorithmicMedia"
    COMPOSITE = "compositeWithTrainedAlgorithmicMedia"  # with a real person's photo in it


class LabelState(StrEnum):
    """Where the label of a copy comes from."""

    SIGNED = "signed"  # Content Credentials of the vendor's: the copy is the original
    FOUND = "found"  # the vendor has labelled it: the copy is the original
    WRITTEN = "written"  # put in here
    NONE = "none"  # the file takes none: the copy is the original


@dataclass(frozen=True, slots=True)
class SourceLabel:
    """What to write. `made_at` is Unix seconds."""

    source_type: SourceType
    vendor: str
    made_at: float


@dataclass(frozen=True, slots=True)
class Labelled:
    """A copy, and its label's word as IPTC has it; "" for one that says none."""

    data: bytes
    state: LabelState
    source_type: str = ""


def labelled(data: bytes, label: SourceLabel) -> Labelled:
    """The picture with the label in it, or as it is where there is one already or none can be."""
    found = found_label(data)
    if found is not None:
        return found
    try:
        packet = _with_label(_packet_in(data), label)
        return Labelled(with_xmp(data, packet.encode()), LabelState.WRITTEN, label.source_type.value)
    except NotWritable:
        return Labelled(data, LabelState.NONE)


def found_label(data: bytes) -> Labelled | None:
    """The label that a file brings along; None for one without."""
    credentials = credentials_of(data)
    if credentials is not None:
        return Labelled(data, LabelState.SIGNED, credentials.source_type)
    try:
        said = _properties(_packet_in(data))
    except NotWritable:
        return None
    source_type = said.get(_named(_SOURCE_TYPE), "").removeprefix(_SOURCE_TYPES)
    if _PROVENANCE in said:
        return Labelled(data, LabelState.SIGNED, source_type)
    return Labelled(data, LabelState.FOUND, source_type) if source_type else None


def _packet_in(data: bytes) -> str:
    """The packet of a file, an empty one where there is none. Raises `NotWritable` for what is no text."""
    try:
        return (xmp_of(data) or _PACKET.encode()).decode()
    except UnicodeDecodeError as error:
        raise NotWritable from error


def _with_label(packet: str, label: SourceLabel) -> str:
    """The packet with what it does not say yet; the rest of it stays to the letter. Raises `NotWritable`."""
    there = _properties(packet)
    wanted = {name: text for name, text in _said(label).items() if _named(name) not in there}
    attributes = " ".join(f"{name}={quoteattr(text)}" for name, text in wanted.items())
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in {"rdf": _RDF, **_SPACES}.items())
    about = quoteattr(there.get(f"{{{_RDF}}}about", ""))
    description = f"<rdf:Description rdf:about={about} {spaces} {attributes}/>"
    end = max((end.start() for end in _END_OF_RDF.finditer(packet)), default=0)
    whole = packet[:end] + description + packet[end:]
    if any(_properties(whole).get(_named(name)) != text for name, text in wanted.items()):
        raise NotWritable
    return whole


def _said(label: SourceLabel) -> Mapping[str, str]:
    vendor = _NOT_XML.sub("", plain(label.vendor))
    day = datetime.fromtimestamp(label.made_at, UTC).isoformat(timespec="seconds")
    return {
        _SOURCE_TYPE: _SOURCE_TYPES + label.source_type,
        "Iptc4xmpExt:AISystemUsed": vendor,
        "xmp:CreatorTool": vendor,
        "xmp:CreateDate": day,
        "photoshop:DateCreated": day,
    }


def _properties(packet: str) -> dict[str, str]:
    """What the descriptions of a packet say, by names as ElementTree has them. Raises `NotWritable`."""
    if "<!" in packet:  # declarations: XMP has none, and they can make a reader busy
        raise NotWritable
    try:
        root = ElementTree.fromstring(packet.strip("\x00\ufeff \r\n\t"))
    except (ElementTree.ParseError, ValueError) as error:
        raise NotWritable from error
    found: dict[str, str] = {}
    for rdf in root.iter(f"{{{_RDF}}}RDF"):
        for description in rdf.findall(f"{{{_RDF}}}Description"):
            found |= description.attrib
            found |= {part.tag: _text_of(part) for part in description}
    return found


def _text_of(part: ElementTree.Element) -> str:
    return part.get(f"{{{_RDF}}}resource") or "".join(part.itertext()).strip()


def _named(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"
