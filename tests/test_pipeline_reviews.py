"""Reviews: the Word copy, the code of what was reviewed, and pages that are drafts until everybody has."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from conftest import Masterclass
from pipeline import files, project
from pipeline.course import Course
from pipeline.problems import Problem, as_text
from pipeline.render import render
from pipeline.review_copy import review_copy
from pipeline.reviews import content_code
from pipeline.settings import Settings
from test_pipeline_due import course_of, lay_out

ASKED = "reviewers: [subject expert, person who draws on care]\n"
EVERY_TYPE = Path(__file__).parent / "courses" / "every-type"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay_out(tmp_path, masterclass=ASKED)


def drafts(course: Course) -> list[bool]:
    rendered = render(course)
    return ["Draft: awaiting review" in html for html in (rendered.pages[0].article, rendered.overview)]


def test_a_masterclass_is_a_draft_until_every_role_has_reviewed_it(root: Path, masterclass: Masterclass) -> None:
    code = content_code(course_of(root))
    assert drafts(course_of(root)) == [True, True]
    said = masterclass(
        "review", "demo", "--record", "subject expert", "--name", "Ada O’Neill", "--content", code,
        "--on", "2026-12-01", cwd=root,
    )  # fmt: skip
    assert (said.exit_code, said.stdout) == (
        0,
        "wrote masterclasses/demo/reviews.yml\n"
        f"The content's code is {code}. A draft: awaiting review by person who draws on care.\n",
    )
    assert drafts(course_of(root)) == [True, True]
    said = masterclass(
        "review", "demo", "--record", "person who draws on care", "--name", "Bea", "--content", code,
        "--on", "2026-12-03", cwd=root,
    )  # fmt: skip
    assert said.stdout.splitlines()[-1] == (
        f"The content's code is {code}. Reviewed by everybody it asks for; no longer a draft."
    )
    assert (root / "masterclasses" / "demo" / "reviews.yml").read_text(encoding="utf-8") == (
        '- role: "subject expert"\n  name: "Ada O’Neill"\n  date: "2026-12-01"\n'
        f'  content: "{code}"\n'
        '- role: "person who draws on care"\n  name: "Bea"\n  date: "2026-12-03"\n'
        f'  content: "{code}"\n'
    )
    course = course_of(root)
    assert (course.reviewed_on, drafts(course)) == ("2026-12-03", [False, False])


@pytest.mark.parametrize(
    ("name", "old", "new", "same"),
    [
        ("01-start.md", "So it was", "So it is", False),
        ("01-start.md", "text: So it is.", "text: So it may be.", False),
        ("01-start.md", "prompt: Which is it?", "prompt: Which is right?", False),
        ("01-start.md", "text: One, correct: true", "text: One", False),
        ("01-start.md", "feedback: No.", "feedback: Never.", False),
        ("facts.yml", "It may be so.", "It is surely so.", False),
        ("facts.yml", "status: derived", "status: verified", False),
        ("masterclass.yml", "Tell one thing", "Know one thing", False),
        ("facts.yml", "review_by: 2027-01-31", "review_by: 2028-01-31", True),
        ("facts.yml", "owner: Ada", "owner: Bea", True),
        ("masterclass.yml", "version: 1.2.0", "version: 1.3.0", True),
        ("masterclass.yml", "minutes: 5", "minutes: 6", True),
        ("01-start.md", "---\nSo", "---\n\n\nSo", True),
    ],
)
def test_what_was_reviewed_is_what_learners_read(root: Path, name: str, old: str, new: str, same: bool) -> None:
    before = content_code(course_of(root))
    path = root / "masterclasses" / "demo" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    if "correct" in old:
        path.write_text(path.read_text(encoding="utf-8").replace("text: Two", "text: Two, correct: true"))
    assert (content_code(course_of(root)) == before) is same


def test_a_picture_is_part_of_what_was_reviewed(root: Path) -> None:
    before = content_code(course_of(root))
    media = root / "masterclasses" / "demo" / "media"
    media.mkdir()
    (media / "x.svg").write_text("<svg/>")
    first = content_code(course_of(root))
    (media / "x.svg").write_text("<svg></svg>")
    assert len({before, first, content_code(course_of(root))}) == 3


def test_a_lock_changes_nothing_that_was_reviewed(root: Path, masterclass: Masterclass) -> None:
    before = content_code(course_of(root))
    assert masterclass("release", "demo", cwd=root).exit_code == 0
    assert content_code(course_of(root)) == before


def test_what_a_release_says_of_reviews(root: Path) -> None:
    reviews = root / "masterclasses" / "demo" / "reviews.yml"
    reviews.write_text(
        "- {role: subject expert, name: Ada, date: 2026-12-01, content: 0123456789ab}\n"
        "- {role: subjet expert, name: Bea, date: 2026-12-02, content: 0123456789ab}\n"
        "- {role: subject expert, name: Cem, date: 2026-11-30, content: 1123456789ab}\n"
    )
    problems: list[Problem] = []
    settings = Settings(root, root / "masterclasses", "https://example.org")
    ((course, _),) = project.courses(settings, (), problems, date(2027, 1, 1))
    code = content_code(course)
    found = as_text([problem for problem in problems if "facts.yml" not in problem.source.path])
    assert found == (
        f"masterclasses/demo/masterclass.yml:10: warning: the review by 'person who draws on care' of the present content ({code}) is missing: "
        "there is none; pages say that it is a draft\n"
        "    hint: make a copy for them with: masterclass review demo\n"
        f"masterclasses/demo/masterclass.yml:10: warning: the review by 'subject expert' of the present content ({code}) is missing: "
        "the last, of 2026-12-01, was of other content (0123456789ab); pages say that it is a draft\n"
        "    hint: make a copy for them with: masterclass review demo\n"
        "masterclasses/demo/reviews.yml:2: warning: the review of 'subjet expert' counts for nothing: masterclass.yml does not ask for it\n"
        "    hint: did you mean 'subject expert'?\n"
        "3 warnings in 2 files\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--record", "subject expert"], "a review is recorded with --record ROLE --name NAME --content CODE"),
        (
            ["--record", "expert", "--name", "A", "--content", "0" * 12],
            "masterclass.yml asks for no review by 'expert'; it asks for: subject expert, person who draws on care",
        ),
        (
            ["--record", "subject expert", "--name", "A", "--content", "12"],
            "'12' is no code: it has 12 characters, 0 to 9 and a to f",
        ),
    ],
)
def test_reviews_that_are_not_recorded(root: Path, masterclass: Masterclass, arguments: list[str], said: str) -> None:
    result = masterclass("review", "demo", *arguments, cwd=root)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, f"Error: {said}")
    assert not (root / "masterclasses" / "demo" / "reviews.yml").exists()


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def words(made: Document) -> str:
    """Of paragraphs and of tables, in order."""
    return "\n".join(
        "".join(run.text or "" for run in paragraph.iter(qn("w:t"))) for paragraph in made.element.body.iter(qn("w:p"))
    )


def test_the_copy_has_every_text_with_its_place(root: Path, masterclass: Masterclass) -> None:
    result = masterclass("review", "demo", "--out", "copy.docx", cwd=root)
    code = content_code(course_of(root))
    assert result.stdout == (
        "wrote copy.docx\n"
        f"The content's code is {code}. A draft: awaiting review by subject expert, person who draws on care.\n"
    )
    made = opened((root / "copy.docx").read_bytes())
    text = words(made)
    wanted = [
        "Demo", "A demonstration.", code, "subject expert, person who draws on care", "Tell one thing from another",
        "page start · masterclasses/demo/01-start.md:1", "So it was [OLD1], and perhaps is [MAYBE1]; again [MAYBE1].",
        "block start-quote · masterclasses/demo/01-start.md:7", "So it is.", "role: Chair of a board",
        "question q1 · masterclasses/demo/01-start.md:16", "Which is it?", "one", "✓", "Yes [NEW1].", "No.", "Key: one",
        "Sources: OLD1, SURE1", "fact OLD1 · masterclasses/demo/facts.yml:1", "It was so.", "A handbook", "2027-01-31",
        "fact NEW1 · masterclasses/demo/facts.yml:2", "https://example.org/paper", "from-knowledge", "start, q1",
    ]  # fmt: skip
    lines = text.splitlines()
    assert [want for want in wanted if want not in lines] == []
    assert lines.count("Comments") == 1 + 1 + 1 + 1 + 4  # outcomes, the page, its quotation, its question, four facts


def test_the_copy_has_the_same_bytes_every_day(root: Path) -> None:
    first = review_copy(course_of(root), ())
    assert files.sha256(first) == files.sha256(review_copy(course_of(root), ()))
    assert first != review_copy(course_of(root), ("subject expert",))


def test_the_copy_of_every_type_of_question(tmp_path: Path) -> None:
    shutil.copytree(EVERY_TYPE, tmp_path / "masterclasses" / "every-type")
    ((course, _),) = project.courses(Settings(tmp_path, tmp_path / "masterclasses", "https://example.org"), (), [])
    text = words(opened(review_copy(course, ())))
    missing = [
        said
        for page in course.pages
        for block in page.blocks
        for question in block.questions
        for said in (question.id, *(option.id for option in question.options), *(t.id for t in question.targets))
        if said not in text
    ]
    assert missing == []
