"""Words and sentences of what authors wrote, as readers see them, and how hard they are to read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

_LEFT_OUT = re.compile(r"<(pre|code|cite|svg|table|template)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_BREAKS = re.compile(r"</?(?:p|li|dt|dd|h[1-6]|div|blockquote|summary|br|td|th|tr|figcaption)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?:;…])[”’\"')\]]*\s+(?=[“‘\"'(]*[A-Z0-9£])|\n+")

# Words that carry no subject of their own: two options sharing only these share nothing.
_SMALL = frozenset(
    re.findall(
        r"\w+",
        """
    a an and are as at be been before being but by can could did do does for from had has have if in into is it its may might
    more most must no not of on one or other our out over own per she should so some such than that the their them then
    there these they this those to under until up was we were what when where which while who whom whose why will with
    would you your he her his him
    """,
    )
)


def plain(html: str) -> str:
    """The text of some HTML, a line for each paragraph; code, tables, pictures and citations are left out."""
    # A line's end inside a paragraph is where the author's editor wrapped it, and no end of a sentence.
    running = " ".join(_LEFT_OUT.sub(" ", html).split())
    return unescape(_TAG.sub("", _BREAKS.sub("\n", running))).strip()


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def subjects(text: str) -> frozenset[str]:
    """The words that say what a text is about, in small letters and without their endings."""
    return frozenset(stem(word) for word in (w.casefold() for w in words(text)) if word not in _SMALL)


def stem(word: str) -> str:
    for ending in ("ing", "ies", "es", "ed", "’s", "'s", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if words(sentence)]


@dataclass(frozen=True)
class Reading:
    """How hard a text is to read."""

    words: int
    sentences: int
    letters: int
    longest: int
    """Words of its longest sentence."""

    @property
    def grade(self) -> float:
        """Automated Readability Index (Smith and Senter 1967): years of schooling; add 5 for an age.

        Taken because it counts letters, words and sentences, which can be counted rightly; syllables cannot.
        """
        if not self.words:
            return 0.0
        return 4.71 * self.letters / self.words + 0.5 * self.words / self.sentences - 21.43


def reading(text: str) -> Reading:
    counted = [words(sentence) for sentence in sentences(text)]
    return Reading(
        words=sum(len(each) for each in counted),
        sentences=len(counted),
        letters=sum(sum(letter.isalnum() for letter in word) for each in counted for word in each),
        longest=max((len(each) for each in counted), default=0),
    )
