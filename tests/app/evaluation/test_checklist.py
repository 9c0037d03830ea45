"""Checklists: what counts as found in an answer, and what is made of it."""

import pytest

from app.evaluation import Checklist, Verdict, judge

LEAVE = Checklist(
    must=(("25 days", "25"), ("manager", "team lead")), must_not=("30 days",), docs=("hr/leave.md",)
)


def found(wanted: str, text: str) -> bool:
    must = judge(Checklist(must=((wanted,),)), text, "answered").complete
    assert must is bool(judge(Checklist(must_not=(wanted,)), text, "answered").forbidden)
    return must


def verdict(answer: str, *paths: str, **more: object) -> Verdict:
    return judge(LEAVE, answer, "answered", paths, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("25 days", "You have 25\nDays."),  # case and white space
        ("gcp-admin", "the group GCP Admin"),  # hyphens
        ("２５天", "共25天"),  # NFKC, either side
        ("25天", "共２５天"),
        ("STRASSE", "Hohe Straße 3"),  # casefold
        ("2650", "It is 2,650 euros"),
        ("2,650", "It is 2650 euros"),
        ("2.5", "2.5%"),
        ("5%", "5 percent or 5 %"),
        ("25", "25, 30 and 40"),  # a comma that goes on no number
        ("12", "On the 12."),
        ("no", "No, never."),
        ("VPN", "two VPNs"),  # the plural of a short word
        ("four", "fourteen"),  # four letters begin a word
        ("mana", "the manager"),
        ("可以", "当然可以。"),
        ("VP", "由VP批准"),  # Chinese beside it ends a word
        ("C++ 17", "c17"),  # signs are not compared
    ],
)
def test_it_is_found(wanted: str, text: str) -> None:
    assert found(wanted, text)


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("25", "125"),
        ("25", "250"),
        ("25", "2500 of 1,250"),
        ("650", "2,650"),
        ("25", "25.5"),
        ("5", "2.5"),
        ("25", "2.5"),  # the point is compared
        ("2.5", "25"),
        ("no", "note"),
        ("no", "casino"),
        ("VPN", "VPNss"),
        ("eu", "museum"),
        ("four", "petitfour"),
        ("manager", "manage"),
        ("", "anything"),
        ("?!", "what?!"),
    ],
)
def test_it_is_not_found(wanted: str, text: str) -> None:
    assert not found(wanted, text)


def test_a_complete_answer() -> None:
    got = verdict("25 days; ask your team lead.[1]", "docs/hr/leave.md")
    assert (got.complete, got.short, got.facts, got.cited, got.wrong) == (
        True,
        True,
        1,
        True,
        False,
    )
    assert (got.missing, got.forbidden, got.length) == ((), (), 6)


def test_what_is_missing_is_named() -> None:
    got = verdict("25 days.")
    assert (got.complete, got.facts, got.wrong) == (False, 0.5, False)
    assert got.missing == (("manager", "team lead"),)


def test_a_forbidden_string_is_wrong_with_all_elements() -> None:
    got = verdict("25 days, not 30 days, says your manager.")
    assert (got.complete, got.facts, got.wrong) == (False, 1, True)
    assert got.forbidden == ("30 days",)


def test_an_answer_with_nothing_right_is_wrong_if_it_is_sure() -> None:
    assert verdict("As long as you like.").wrong
    assert not judge(LEAVE, "As long as you like.", "unsure").wrong
    assert not judge(LEAVE, "No answer.", "not_found").wrong


def test_only_what_is_told_as_sure_is_complete() -> None:
    whole = "25 days; ask your manager."
    assert judge(LEAVE, whole, "answered").complete
    assert not judge(LEAVE, whole, "unsure").complete
    assert judge(LEAVE, whole, "unsure").missing == ()


def test_a_refusal_has_found_and_cited_nothing() -> None:
    got = judge(LEAVE, "25 days, manager", "not_found", ["hr/leave.md"])
    assert (got.complete, got.facts, got.cited) == (False, 0, False)


def test_where_there_is_no_answer_a_refusal_is_complete() -> None:
    none = Checklist()
    refused = judge(none, "Not in the documents.", "not_found", answerable=False)
    assert (refused.complete, refused.facts, refused.cited, refused.wrong) == (
        True, None, None, False,
    )  # fmt: skip
    assert not judge(none, "It is 5.", "answered", answerable=False).complete
    assert not judge(none, "It may be 5.", "unsure", answerable=False).complete


@pytest.mark.parametrize(
    ("path", "cited"),
    [
        ("hr/leave.md", True),
        ("/data/hr/leave.md", True),
        ("docs\\hr\\leave.md", True),
        ("leave.md", False),
        ("old-hr/leave.md", False),
        ("hr/leave.md.bak", False),
    ],
)
def test_a_citation_is_told_by_the_end_of_its_path(path: str, cited: bool) -> None:
    assert verdict("25", "other.md", path).cited is cited


def test_a_path_in_another_unicode_form_is_the_same() -> None:
    cafe = Checklist(docs=("caf\u00e9.md",))
    assert judge(cafe, "x", "answered", ["cafe\u0301.md"]).cited


def test_length_is_in_words_or_chinese_characters_without_marks() -> None:
    assert verdict("You have 25 days.[1] [2, 3]").length == 4
    assert verdict("共有 25 天。[1]", lang="zh").length == 6


def test_a_long_answer_is_short_only_where_the_kind_is_long() -> None:
    long = "25 days, ask your manager. " + "So it is. " * 60
    assert (verdict(long).complete, verdict(long).short) == (True, False)
    assert verdict(long, long=True).short
    assert not verdict("25 manager" + "是" * 300, lang="zh").short
    assert verdict("25 manager" + "是" * 280, lang="zh").short
