"""How questions are written: what each rule says (tests/cases/writing), what banks show, and the arithmetic behind."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path

import pytest

from cases_as_files import CASES, Case, cases, lay_out, problems_in, update
from pipeline import project
from pipeline.problems import Problem, as_text
from pipeline.settings import Settings
from pipeline.writing import banks, options, rules, stems
from pipeline.writing.chances import at_least, chi_squared, survival
from pipeline.writing.words import plain, reading, sentences, words

WRITING = CASES / "writing"


def test_well_written_masterclass_has_no_problem(tmp_path: Path) -> None:
    lay_out(Case(WRITING / "valid.yml", 1, "valid", {}, ""), tmp_path)
    assert problems_in(tmp_path, writing=True) == []


def test_cases(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    failures, said = [], {}
    for number, case in enumerate(cases(WRITING)):
        root = tmp_path / str(number)
        lay_out(case, root)
        said[case.name] = as_text(problems_in(root, writing=True)).replace("masterclasses/valid/", "")
        if said[case.name] != case.expect:
            failures.append(f"{case}\nexpected:\n{case.expect}\nfound:\n{said[case.name]}")
    if request.config.getoption("update_golden"):
        update(WRITING / "questions.yml", said)
    else:
        assert not failures, "\n".join(["", *failures])


def test_every_rule_has_a_reason_and_a_function() -> None:
    assert {*options.RULES, *stems.RULES} == set(rules.ITEM)
    assert set(banks.RULES) == set(rules.BANK)


def test_every_rule_of_questions_has_a_case() -> None:
    said = "".join(case.expect for case in cases(WRITING))
    assert [code for code in (*rules.ITEM, *rules.PAGE) if f"allow: {{{code}: …}}" not in said] == []


def test_authors_guide_names_every_rule() -> None:
    guide = (Path(__file__).resolve().parents[1] / "content" / "authors.md").read_text(encoding="utf-8")
    assert [code for code in (*rules.ITEM, *rules.BANK, *rules.PAGE) if f"`{code}`" not in guide] == []


def bank(root: Path, questions: str, draw: str = "{first: 2}", more: str = "", start: str | None = None) -> str:
    """What is said of a masterclass whose final check draws from `questions`."""
    files = {
        "02-check.md": f"---\nid: check\ntitle: Check\n---\n```final-check\nfrom: bank.quiz.yml\ndraw: {draw}\n{more}```\n",
        "bank.quiz.yml": questions,
    }
    if start:
        files["01-start.md"] = start
    lay_out(Case(WRITING / "bank.yml", 1, "bank", files, ""), root)
    return as_text(problems_in(root, writing=True)).replace("masterclasses/valid/", "")


SCENES = (
    "budget",
    "rota",
    "contract",
    "survey",
    "board",
    "ward",
    "market",
    "school",
    "clinic",
    "library",
    "bridge",
    "park",
)
FORMS = ("Consultation", "Co-design work", "Information")


def question(number: int, texts: tuple[str, ...], right: int, bloom: str = "apply", extra: str = "") -> str:
    lines = "".join(
        f"    - {{id: o{n}, text: {text}, feedback: Said why.{', correct: true' if n == right else ''}}}\n"
        for n, text in enumerate(texts)
    )
    return (
        f"- id: b{number}\n  type: single\n  outcome: first\n  bloom: {bloom}\n"
        f"  prompt: The {SCENES[number % 12]} of town {number} is settled before anyone hears of it. Which rung is this?\n"
        f"  options:\n{lines}  source: [FACT1]\n  allow: {{feedback-length: a short case}}\n{extra}"
    )


def balanced(count: int, bloom: str = "apply") -> str:
    """Keys at every place, and as often long as short."""
    texts = [FORMS[n:] + FORMS[:n] for n in range(3)]
    return "".join(question(n, texts[n // 3 % 3], n % 3, bloom) for n in range(count))


def test_bank_that_is_well_written(tmp_path: Path) -> None:
    assert bank(tmp_path, balanced(18)) == "No problems found.\n"


def test_bank_whose_keys_are_the_longest(tmp_path: Path) -> None:
    texts = [FORMS[n:] + FORMS[:n] for n in range(3)]
    longest = "".join(question(n, texts[n % 3], texts[n % 3].index("Co-design work")) for n in range(9))
    assert bank(tmp_path, longest) == (
        "02-check.md:6: warning: the key is the longest option in 9 of 9 single questions; by chance about 3 (p = 5.1e-05)\n"
        "    hint: shorten keys or fill out wrong options, first in: b0, b1, b2, b3, b4\n"
        "          Who knows nothing but picks the longest option should not pass. "
        "To keep it, say why: allow: {key-length: …}\n"
        "1 warning in 1 file\n"
    )
    assert (
        bank(tmp_path / "allowed", longest, more="allow: {key-length: the rungs have names}\n")
        == "No problems found.\n"
    )


def test_bank_whose_keys_stand_first(tmp_path: Path) -> None:
    texts = [FORMS[n:] + FORMS[:n] for n in range(3)]
    first = "".join(question(n, texts[n % 3], 0 if n else 2) for n in range(15))
    assert bank(tmp_path, first) == (
        "02-check.md:6: warning: the key's place among 3 options is uneven: 14, 0, 1 times first to last "
        "(chi-squared 24.4, p = 5e-06)\n"
        "    hint: move some keys to place 2\n"
        "          Printed and unshuffled, a favourite place gives keys away. "
        "To keep it, say why: allow: {key-position: …}\n"
        "1 warning in 1 file\n"
    )


def test_bank_that_is_small_and_asks_for_memory(tmp_path: Path) -> None:
    assert bank(tmp_path, balanced(3, "remember")) == (
        "02-check.md:6: warning: 0 of 3 bank questions ask to apply or more (0%), expected 60%\n"
        "    hint: turn questions about words into questions about a situation\n"
        "          Leaders are here to decide, not to recall. To keep it, say why: allow: {few-above-memory: …}\n"
        "02-check.md:7: warning: a paper draws 2 questions of outcome 'first' from a bank of 3\n"
        "    hint: write 1 more\n"
        "          With few questions to draw from, a second attempt repeats the first. "
        "To keep it, say why: allow: {few-items: …}\n"
        "2 warnings in 1 file\n"
    )


def test_bank_that_asks_one_thing_twice(tmp_path: Path) -> None:
    again = question(0, FORMS, 1).replace("id: b0", "id: again")
    assert bank(tmp_path, balanced(6) + again) == (
        "bank.quiz.yml:71: warning: question 'again' has the prompt of 'b0'\n"
        "    hint: ask about another situation, or retire one of them\n"
        "          Two questions with one prompt count one thing twice. To keep it, say why: allow: {same-prompt: …}\n"
        "1 warning in 1 file\n"
    )


def test_twin_that_is_not_always_drawn_and_outcome_without_one(tmp_path: Path) -> None:
    two = (WRITING / "valid" / "masterclass.yml").read_text(
        encoding="utf-8"
    ) + "  - {id: second, text: Tell two from one}\n"
    start = "---\nid: start\ntitle: Start here\n---\n```quiz\npurpose: pre\nfrom: start.quiz.yml\n```\n"
    second = balanced(18).replace("outcome: first", "outcome: second").replace("id: b", "id: c").replace("town", "city")
    twin = question(30, FORMS, 1, extra="  twin_of: q1\n")
    files = {
        "masterclass.yml": two,
        "01-start.md": start,
        "02-check.md": "---\nid: check\ntitle: Check\n---\n```final-check\nfrom: bank.quiz.yml\ndraw: {first: 2, second: 2}\n```\n",
        "bank.quiz.yml": balanced(9) + second + twin,
    }
    lay_out(Case(WRITING / "bank.yml", 1, "bank", files, ""), tmp_path)
    assert as_text(problems_in(tmp_path, writing=True)).replace("masterclasses/valid/", "") == (
        "02-check.md:7: warning: no question of outcome 'second' is asked before and after\n"
        "    hint: ask one with purpose: pre, and write its parallel into the bank with: twin_of: its id\n"
        "          Without a question asked before, nobody can say what was learnt. "
        "To keep it, say why: allow: {no-pre-question: …}\n"
        "bank.quiz.yml:309: warning: question 'b30' is the twin of 'q1', but not every learner's first paper has it\n"
        "    hint: add it to 'always' of the final check: b30\n"
        "          What was learnt is measured by pairs: both of each must be asked. "
        "To keep it, say why: allow: {twin-not-drawn: …}\n"
        "2 warnings in 2 files\n"
    )


@pytest.mark.parametrize(
    ("freedom", "statistic"),
    [(1, 3.841459), (2, 5.991465), (3, 7.814728), (4, 9.487729), (5, 11.070498), (9, 16.918978)],
)
def test_chi_squared_at_the_tables_five_per_cent(freedom: int, statistic: float) -> None:
    """Critical values as statistical tables print them."""
    assert survival(statistic, freedom) == pytest.approx(0.05, abs=1e-6)


def test_chi_squared_statistic_by_hand() -> None:
    # Expected 10 each: 25/10 + 0 + 25/10 = 5 with two degrees of freedom; e^-2.5.
    assert chi_squared([15, 10, 5]) == pytest.approx((5.0, 0.0820849986))


def test_chance_of_successes_counted_out() -> None:
    rng = random.Random(7)
    chances = [rng.random() for _ in range(8)]
    counted = 0.0
    for outcome in product((0, 1), repeat=8):
        if sum(outcome) >= 3:
            likely = 1.0
            for hit, chance in zip(outcome, chances, strict=True):
                likely *= chance if hit else 1 - chance
            counted += likely
    assert at_least(3, chances) == pytest.approx(counted)


def test_reading_of_a_text_counted_by_hand() -> None:
    # 9 words, 2 sentences, 3+3+3+2+3+3 + 4+4+2 = 27 letters: 4.71 × 3 + 0.5 × 4.5 − 21.43
    read = reading("The cat sat on the mat. Then they go!")
    assert (read.words, read.sentences, read.letters, read.longest) == (9, 2, 27, 6)
    assert read.grade == pytest.approx(4.71 * 3 + 0.5 * 4.5 - 21.43)


def test_readers_words() -> None:
    html = "<p>It’s £4.4bn <em>(2018)</em> for co-production<cite data-fact='X'>X9</cite>.</p><table><tr><td>no</td></table><ul><li>One</li><li>Two</li></ul>"
    assert plain(html) == "It’s £4.4bn (2018) for co-production .\n \nOne\n\nTwo"
    assert words(plain(html)) == ["It’s", "4.4bn", "2018", "for", "co-production", "One", "Two"]
    assert sentences("Dr. Lee came. “Really?” she asked. 3.5 is more.") == [
        "Dr.", "Lee came.", "“Really?” she asked.", "3.5 is more."
    ]  # fmt: skip


def test_nothing_is_said_of_this_repositorys_masterclasses() -> None:
    """What we tell others to do, we do."""
    root = Path(__file__).resolve().parents[1]
    problems: list[Problem] = []
    project.courses(Settings(root, root / "masterclasses", iri_base="https://example.org"), (), problems, writing=True)
    assert as_text(problems) == "No problems found.\n"
