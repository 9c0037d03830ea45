"""A plain script that answers beside the library: stand-ins for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.evaluation import AnswersReport, Dataset, Reply

Given = Callable[..., Dataset]
Ask = Callable[..., AnswersReport]
START = """
import argparse, json, pathlib, sys
p = argparse.ArgumentParser()
p.add_argument("--model", type=pathlib.Path)
a = p.parse_args()
for line in map(json.loads, sys.stdin):
    words = [a.model.suffix, line["question"], *line["passages"]]
    out = {"id": line["id"], "answer": " ".join(words)}
    out |= {"prompt_tokens": 7, "first_token_s": 0.5, "total_s": 1}
"""
PRINT = "    print(json.dumps(out), flush=True)\n"
TWO = {"question": "Who?"}, {"id": "2", "question": "谁？", "passages": ["是安。"]}


@pytest.fixture
def write(checkout: Path) -> Callable[[str], None]:
    """Write the script, which goes on with these lines for each question."""

    def made(end: str) -> None:
        file = checkout / "bench" / "reference_answers.py"
        file.parent.mkdir()
        file.write_text(START + end)

    return made


def plain(report: AnswersReport) -> list[Reply]:
    return [one.reply for one in report.checked if one.method == "plain"]


def test_each_question_is_answered_from_its_passages(
    ask: Ask, given: Given, write: Callable[[str], None]
) -> None:
    write(PRINT)
    report = ask(given(*TWO), plain=True)
    texts = ".gguf Who? It was Ann. It was in May.", ".gguf 谁？ 是安。"
    assert plain(report) == [
        Reply(text, None, (), 0.5, 1, calls=1, prompt_tokens=7, run=report.run) for text in texts
    ]


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("    sys.exit('no such model')\n", "ended with code 1 before its last answer: no such"),
        ("    break\n", "ended with code 0 before its last answer: it said nothing"),
        ("    print('loading', flush=True)\n", "printed no"),
        ("    del out['total_s']\n" + PRINT, "total_s"),
        ("    out['id'] += 1\n" + PRINT, "another question"),
        (PRINT + "    sys.exit('broke off')\n", "broke off"),  # between two questions
    ],
)
def test_a_script_that_fails_is_one_line_and_our_answers_are_there(
    ask: Ask,
    given: Given,
    write: Callable[[str], None],
    capsys: pytest.CaptureFixture[str],
    end: str,
    said: str,
) -> None:
    write(end)
    report = ask(given(*TWO), plain=True)
    assert plain(report) == []
    assert len(report.checked) == 2
    [line] = [one for one in capsys.readouterr().err.splitlines() if "`plain`" in one]
    assert said in line


def test_it_is_ended_in_the_midst_of_an_answer(
    ask: Ask, given: Given, write: Callable[[str], None]
) -> None:
    write(PRINT + "    import time; time.sleep(3600)\n")
    assert len(plain(ask(given(), plain=True))) == 1  # hangs where the script goes on
