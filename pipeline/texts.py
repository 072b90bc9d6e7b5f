"""Checks of what stands inside authors' texts, on pages and in questions: links, images, citations, attributes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

from .content import prose
from .course import Course, Heading, Page, Question, Source
from .documents.load import LoadedDocument
from .folder import safe_name
from .problems import WARNING, Problem, did_you_mean, nearest
from .sources import LoadedPage, Sources

_ADDRESS = re.compile(r'<(a|img)\b[^>]*?\b(?:href|src)="([^"]*)"[^>]*>')
_IMAGE = re.compile(r"<img\b[^>]*>")
_IDS = re.compile(r'\bid="([^"]+)"')
_ATTRIBUTE = re.compile(r'<[a-z][^>]*?\s(style|on[a-z]+)="')
_CITED = re.compile(r'<cite data-fact="([^"]+)">')
_CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
# What people paste from elsewhere. It is escaped on the way, so that it can do nothing.
_TAGS = re.compile(
    r"&lt;/?((?:a|b|i|u|br|hr|p|div|span|img|font|center|sup|sub|small|mark|script|style|iframe|embed|object|video|audio|"
    r"source|form|input|button|table|thead|tbody|tr|td|th|ul|ol|li|dl|dt|dd|h[1-6]|strong|em|pre|code|details|summary|"
    r"figure|figcaption|section|article)\b)(?:[^&<>]|&quot;|&amp;)*/?&gt;",
    re.IGNORECASE,
)
_APART = re.compile(r"\[([^\[\]<>]+)\]\s+\(((?:page:|https?://|mailto:|media/)[^()\s<>]*)\)")
_BRACKETS = re.compile(r"\[(@?)([^\[\]<>]+)\]")


@dataclass(frozen=True)
class Passage:
    """A piece of HTML made from an author's Markdown."""

    within: str
    """The page's id, or a document's place."""
    html: str
    line_of: Callable[[str], Source]
    """Where some words of it were written, as nearly as is known."""


def passages(sources: Sources, course: Course) -> Iterator[Passage]:
    records = {record.id: record for record in sources.question_records()}
    for page, loaded in zip(course.pages, sources.pages, strict=True):
        yield Passage(page.id, page.body, loaded.line_of)
        for block in page.blocks:
            for text in prose(block.content):
                yield Passage(page.id, text.html, lambda _, source=text.source: source)  # type: ignore[misc]
            for question in block.questions:
                for html, source in _texts(question, records[question.id].written.at):
                    if "<" in html or "[" in html:
                        yield Passage(page.id, html, lambda _, source=source: source)  # type: ignore[misc]
    for document, written in zip(course.documents, sources.documents, strict=True):
        yield Passage(document.place, document.body, written.line_of)
        for step in (step for session in document.sessions for step in session.steps):
            yield Passage(document.place, step.text.html, lambda _, source=step.text.source: source)  # type: ignore[misc]


def _texts(question: Question, at: Callable[[str], Source]) -> Iterator[tuple[str, Source]]:
    yield question.prompt, at("prompt")
    yield question.more, at("prompt")
    yield question.hint, at("hint")
    yield question.correct_feedback, at("feedback")
    yield question.incorrect_feedback, at("otherwise" if question.answers else "feedback")
    for option in (*question.options, *question.targets):
        yield option.text, option.source
        yield option.feedback, option.source
    for answer in question.answers:
        yield answer.feedback, at("answers")


@dataclass(frozen=True)
class _There:
    """What a text may point to."""

    pages: Mapping[str, Page]
    media: Set[str]
    beside: Set[str]
    """Files of the masterclass's folder itself, which go into no package."""
    ids: Mapping[str, set[str]]
    """Of the headings and anchors of each page."""
    facts: Set[str]
    documents: Set[str]
    """Places of the brief and of the facilitators' pack, which are in no package."""


def texts(sources: Sources, course: Course) -> Iterator[Problem]:
    there = _There(
        pages={page.id: page for page in course.pages},
        media={name for name, _ in course.media},
        beside={path.name for path in sources.folder.iterdir()},
        ids={page.id: set(_IDS.findall(page.body)) for page in course.pages}
        | {document.place: set(_IDS.findall(document.body)) for document in course.documents},
        facts={fact.key for fact in course.facts},
        documents={document.place for document in course.documents},
    )
    for passage in passages(sources, course):
        for each in _PASSAGE_CHECKS:
            yield from each(passage, there)


def _links(passage: Passage, there: _There) -> Iterator[Problem]:
    for tag, written in _ADDRESS.findall(passage.html):
        address = unescape(written)
        yield from _address(tag, address, _found(passage, address), passage.within, there)


def _found(passage: Passage, address: str) -> Source:
    """Markdown may have percent-encoded an address; the line is found by how it starts."""
    exact, start = passage.line_of(address), passage.line_of(address.split("%")[0])
    return max(exact, start)


def _images(passage: Passage, there: _There) -> Iterator[Problem]:
    for image in _IMAGE.findall(passage.html):
        if not re.search(r'\balt="[^"]+"', image):
            name = re.search(r'src="([^"]*)"', image)
            written = unescape(name[1]) if name else "media/…"
            hint = f"write what it shows: ![what it shows]({written})"
            yield Problem(passage.line_of(written), "this image has no text alternative", hint, "missing-alt")


def _attributes(passage: Passage, there: _There) -> Iterator[Problem]:
    for name in dict.fromkeys(_ATTRIBUTE.findall(passage.html)):
        message = f"'{name}' attributes do not work under the packages' security policy"
        yield Problem(passage.line_of(f"{name}="), message, "take it out", "bad-attribute")


def _tags(passage: Passage, there: _There) -> Iterator[Problem]:
    for name in dict.fromkeys(_TAGS.findall(_CODE.sub("", passage.html))):
        message = f"the tag <{name}> is shown to learners as it is written: texts are Markdown, not HTML"
        hint = f"write it in Markdown or as a block; to show a tag, write it as code: `<{name}>`"
        yield Problem(passage.line_of(f"<{name}"), message, hint, "html", WARNING)


def _comments(passage: Passage, there: _There) -> Iterator[Problem]:
    if "&lt;!--" in _CODE.sub("", passage.html):
        message = "the comment <!-- … --> is shown to learners as it is written"
        yield Problem(passage.line_of("<!--"), message, "take it out", "html", WARNING)


def _citations(passage: Passage, there: _There) -> Iterator[Problem]:
    for key in dict.fromkeys(_CITED.findall(passage.html)):
        if key not in there.facts:
            message = f"[@{key}] cites a fact that facts.yml does not have"
            yield Problem(passage.line_of(f"@{key}"), message, fact_hint(key, there.facts), "unknown-fact")


def fact_hint(key: str, known: Set[str]) -> str:
    near = nearest(key, known)
    return f"did you mean '{near}'?" if near else "add it to facts.yml, or cite one that is there"


def _citations_misspelt(passage: Passage, there: _There) -> Iterator[Problem]:
    for at, words in _BRACKETS.findall(_CODE.sub("", passage.html)):
        keys = re.findall(r"[A-Z][A-Z0-9-]*", words.upper())
        if at and keys:
            hint = f"write: [{'; '.join('@' + key for key in keys)}]"
            yield Problem(passage.line_of(f"[@{words}"), f"[@{words}] is not a citation", hint, "bad-citation")
        elif words in there.facts:
            message = f"[{words}] is shown as it stands"
            hint = f"to cite the fact, write: [@{words}]"
            yield Problem(passage.line_of(f"[{words}]"), message, hint, "bad-citation", WARNING)


def _links_apart(passage: Passage, there: _There) -> Iterator[Problem]:
    for words, address in _APART.findall(_CODE.sub("", passage.html)):
        message = f"[{words}] ({address}) is shown as it stands"
        hint = f"for a link, write without a space: [{words}]({address})"
        yield Problem(passage.line_of(f"({address})"), message, hint, "broken-link", WARNING)


def headings(sources: Sources, course: Course) -> Iterator[Problem]:
    for page, loaded in zip(course.pages, sources.pages, strict=True):
        yield from _headings(page.headings, loaded)
    for document, written in zip(course.documents, sources.documents, strict=True):
        yield from _headings(document.headings, written)


def _headings(headings: tuple[Heading, ...], loaded: LoadedPage | LoadedDocument) -> Iterator[Problem]:
    for heading in headings:
        if heading.level == 1:
            message = f"the heading '{heading.text}' has one #; the page's title is already its main heading"
            yield Problem(_heading_at(loaded, heading.text), message, f"write: ## {heading.text}", "bad-heading")


def _heading_at(loaded: LoadedPage | LoadedDocument, text: str) -> Source:
    return max(loaded.line_of(f"# {text}"), loaded.line_of(f"#{text}"), loaded.line_of(f"{text}\n="))


def _address(tag: str, address: str, source: Source, within: str, there: _There) -> Iterator[Problem]:
    scheme, netloc, path, _, fragment = urlsplit(address) if _splits(address) else ("invalid", "", address, "", "")
    if scheme == "page":
        if path in there.documents:
            if within not in there.documents:
                message = f"the link '{address}' leads out of the learners' packages"
                yield Problem(
                    source, message, "name it in words; the masterclass's overview links to it", "broken-link"
                )
        elif path not in there.pages:
            message = f"the link '{address}' leads to a page that does not exist"
            yield Problem(source, message, did_you_mean(path, there.pages), "broken-link")
        elif fragment and fragment not in there.ids[path]:
            message = f"page '{path}' has no heading '#{fragment}'"
            yield Problem(source, message, did_you_mean(fragment, there.ids[path]), "broken-link")
    elif scheme in ("http", "https", "mailto", "tel"):
        if tag == "img":
            message = f"the image '{address}' is on another site; packages must work without it"
            yield Problem(source, message, "copy it to media/ and name it here", "remote-media")
    elif scheme or netloc:
        hint = "links begin with https://, mailto:, page: or media/"
        if tag == "img":
            yield Problem(
                source, f"the image '{address}' is not in the folder media", _copied(address), "missing-image"
            )
        else:
            yield Problem(source, f"the link '{address}' is not allowed", hint, "broken-link")
    elif not path:
        if fragment not in there.ids[within]:
            message = f"this page has no heading '#{fragment}'"
            yield Problem(source, message, did_you_mean(fragment, there.ids[within]), "broken-link")
    elif path not in there.media:
        what = "image" if tag == "img" else "link"
        message = f"the {what} '{address}' does not lead to a file of this masterclass"
        yield Problem(
            source,
            message,
            _file_hint(path, fragment, there, tag == "img"),
            "missing-image" if tag == "img" else "broken-link",
        )


def _copied(address: str) -> str:
    name = re.split(r"[/\\]", unquote(address))[-1]
    return f"copy the picture into the folder media and write: media/{safe_name(name)}"


def _file_hint(path: str, fragment: str, there: _There, picture: bool) -> str:
    if not path.startswith("media/"):
        for page in there.pages.values():
            name = page.source.path.rsplit("/", 1)[-1]
            if path.removesuffix(".html") in (name, name.removesuffix(".md"), page.id):
                return f"write: page:{page.id}{'#' + fragment if fragment else ''}"
    if path.startswith("www."):
        return f"write: https://{path}"
    if path in there.beside:
        return f"move the file into the folder media and write: media/{path}"
    near = nearest(path if path.startswith("media/") else f"media/{path}", there.media)
    if near:
        return f"did you mean '{near}'?"
    if path.startswith("media/"):
        return "put the file there, or name one that is there"
    return _copied(path) if picture else "link to pages as page:ID and to files as media/NAME"


def _splits(address: str) -> bool:
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


_PASSAGE_CHECKS: tuple[Callable[[Passage, _There], Iterator[Problem]], ...] = (
    _links,
    _images,
    _attributes,
    _tags,
    _comments,
    _citations,
    _citations_misspelt,
    _links_apart,
)
CHECKS: tuple[Callable[[Sources, Course], Iterator[Problem]], ...] = (texts, headings)
