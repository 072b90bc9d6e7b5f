"""How long a resume string can get, counted by hand."""

from __future__ import annotations

from pathlib import Path

from pipeline.resume import LIMIT, worst_case
from writing import course, problems_of, write

HEADER = 32 + 8 + 10 + 8 + 14 + 10 + 12
"""Seed, flags, page, attempt, best score, number of pages, number of questions."""
ANSWERED = 1 + 2 + 1 + 2
"""Answered; tries; a confidence is there; which."""


def characters(bits: int) -> int:
    """Format, lineage, six bits a character, checksum."""
    whole, rest = divmod(bits, 6)
    return 1 + 6 + whole + (rest > 0) + 4


QUESTIONS = """\
- {id: one, type: single, outcome: first, prompt: Which?, source: [FACT1], options: [{id: a, text: A, correct: true, feedback: Yes.}, {id: b, text: B, feedback: No.}]}
- {id: some, type: multiple, outcome: first, prompt: Which?, source: [FACT1], options: [{id: a, text: A, correct: true, feedback: Yes.}, {id: b, text: B, feedback: No.}, {id: c, text: C, correct: true, feedback: Yes.}]}
- {id: truth, type: true-false, outcome: first, prompt: Is it?, source: [FACT1], answer: true, feedback: {"true": Yes., "false": No.}}
- {id: sum, type: numeric, outcome: first, prompt: How much?, source: [FACT1], answers: [{id: a, value: 5, correct: true, feedback: Yes.}], otherwise: No.}
- {id: word, type: short-text, outcome: first, prompt: Which word?, source: [FACT1], answers: [{id: a, accept: [a], correct: true, feedback: Yes.}], otherwise: No.}
- {id: pairs, type: matching, outcome: first, prompt: Which?, source: [FACT1], targets: [{id: x, text: X}, {id: z, text: Z}], pairs: [{id: a, text: A, match: x, feedback: Yes.}, {id: b, text: B, match: z, feedback: No.}]}
- {id: row, type: ordering, outcome: first, prompt: In which order?, source: [FACT1], items: [{id: a, text: A, feedback: Yes.}, {id: b, text: B, feedback: No.}, {id: c, text: C, feedback: Yes.}]}
- {id: often, type: rating, prompt: How often?, options: [{id: a, text: A}, {id: b, text: B}]}
- {id: judge, type: judgement, outcome: first, prompt: What is best?, source: [FACT1], best: a, worst: b, options: [{id: a, text: A, feedback: Yes.}, {id: b, text: B, feedback: No.}, {id: c, text: C, feedback: Yes.}]}
"""
ANSWERS = {
    "one": 5,
    "some": 5 + 3,
    "truth": 5,
    "sum": 13 * 4,  # twelve characters and the end
    "word": 5,
    "pairs": 5 + 2 * 5,
    "row": 5 + 3 * 5,
    "often": 5,
    "judge": 5 + 5,
}


def page(ident: str, block: str = "") -> str:
    return f"---\nid: {ident}\ntitle: {ident}\n---\nText.\n\n{block}"


def test_every_type(tmp_path: Path) -> None:
    found = course(tmp_path, {"01-a.md": page("a", "```quiz\nfrom: a.quiz.yml\n```\n"), "a.quiz.yml": QUESTIONS})
    bits = HEADER + 1 + sum(ANSWERED + answer for answer in ANSWERS.values())
    assert worst_case(found) == characters(bits)


def test_no_questions(tmp_path: Path) -> None:
    found = course(tmp_path, {"01-a.md": page("a"), "02-b.md": page("b"), "03-c.md": page("c")})
    assert worst_case(found) == characters(HEADER + 3)


def test_drawn_questions_count_as_the_longest(tmp_path: Path) -> None:
    block = "```quiz\nfrom: a.quiz.yml\ndraw: 2\n```\n"
    found = course(tmp_path, {"01-a.md": page("a", block), "a.quiz.yml": QUESTIONS})
    longest = [ANSWERS["sum"], ANSWERS["row"]]
    bits = HEADER + 1 + len(ANSWERS) + sum(ANSWERED - 1 + answer for answer in longest)
    assert worst_case(found) == characters(bits)


def test_one_paper_of_a_final_check(tmp_path: Path) -> None:
    scored = "".join(line + "\n" for line in QUESTIONS.splitlines() if "rating" not in line)
    block = "```final-check\nfrom: a.quiz.yml\ndraw: {first: 3}\n```\n"
    found = course(tmp_path, {"01-a.md": page("a"), "02-check.md": page("check", block), "a.quiz.yml": scored})
    longest = [ANSWERS["sum"], ANSWERS["row"], ANSWERS["pairs"]]
    bits = HEADER + 2 + 8 + sum(ANSWERED - 1 + answer for answer in longest)
    assert worst_case(found) == characters(bits)


def test_pages_after_the_final_check_save_no_answers(tmp_path: Path) -> None:
    single = QUESTIONS.splitlines()[0] + "\n"
    check = "```final-check\nfrom: a.quiz.yml\ndraw: {first: 1}\n```\n"
    later = f"```quiz\n{single.replace('id: one', 'id: later')}```\n"
    files = {"01-check.md": page("check", check), "a.quiz.yml": single}
    before = worst_case(course(tmp_path / "before", files))
    after = worst_case(course(tmp_path / "after", files | {"02-later.md": page("later", later)}))
    assert (before, after) == (characters(HEADER + 1 + ANSWERED + 5), characters(HEADER + 2 + ANSWERED + 5))


def test_a_masterclass_too_large_for_scorm_is_refused(tmp_path: Path) -> None:
    line = QUESTIONS.splitlines()[3]
    number = 400
    numeric = "".join(line.replace("id: sum", f"id: sum-{n}") + "\n" for n in range(number))
    write(tmp_path, {"01-a.md": page("a", "```quiz\nfrom: a.quiz.yml\n```\n"), "a.quiz.yml": numeric})
    needed = characters(HEADER + 1 + number * (ANSWERED + ANSWERS["sum"]))
    assert needed > LIMIT
    _, problems = problems_of(tmp_path)
    assert [(p.source.path, p.source.line, p.level, p.message, p.hint) for p in problems] == [
        (
            "masterclasses/demo/masterclass.yml",
            1,
            "error",
            f"a learner's place in this masterclass can take {needed:,} characters; at most 3,500 are safe in SCORM 1.2",
            "ask fewer questions, or split the masterclass",
        )
    ]
