"""A plain script that answers: stand-ins for it."""

from pathlib import Path

import pytest

from app.errors import KbError
from app.evaluation.items import Item
from app.evaluation.plain_answers import ask_script
from app.evaluation.replies import Reply

START = """
import argparse, json, pathlib, sys
p = argparse.ArgumentParser()
p.add_argument("--model", type=pathlib.Path)
p.add_argument("--questions", type=pathlib.Path)
a = p.parse_args()
for line in map(json.loads, a.questions.open()):
    out = {"id": line["id"], "answer": a.model.name + line["question"] + "".join(line["passages"])}
    out |= {"first_token_s": 0.5, "total_s": 1}
"""
PRINT = "    print(json.dumps(out), flush=True)\n"
ASKED = [
    (Item("x", "en", "en", "answerable", str(n), f" {question}? "), (f"p{n}", "q"))
    for n, question in enumerate(("Who", "谁"))
]


def script(tmp_path: Path, end: str) -> Path:
    file = tmp_path / "script.py"
    file.write_text(START + end)
    return file


def test_each_question_is_answered_from_its_passages(tmp_path: Path) -> None:
    got = list(ask_script(script(tmp_path, PRINT), Path("m.gguf"), ASKED))
    assert got == [
        Reply("m.gguf Who? p0q", None, (), 0.5, 1),
        Reply("m.gguf 谁? p1q", None, (), 0.5, 1),
    ]


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("    sys.exit('no such model')\n", "ended with code 1 .* no such model"),
        ("    pass\n", "ended with code 0 .* it said nothing"),
        ("    print('loading', flush=True)\n", "printed no"),
        ("    del out['total_s']\n" + PRINT, "total_s"),
        ("    out['id'] += 1\n" + PRINT, "another question"),
    ],
)
def test_a_script_that_fails_is_one_line(tmp_path: Path, end: str, said: str) -> None:
    with pytest.raises(KbError, match=said):
        list(ask_script(script(tmp_path, end), Path("m.gguf"), ASKED))


def test_an_answer_is_there_before_the_next_is_written(tmp_path: Path) -> None:
    once = PRINT + "    sys.exit('broke off')\n"
    answers = ask_script(script(tmp_path, once), Path("m.gguf"), ASKED)
    assert next(answers).answer == "m.gguf Who? p0q"
    with pytest.raises(KbError, match="broke off"):
        next(answers)


def test_it_is_ended_when_nobody_wants_the_rest(tmp_path: Path) -> None:
    forever = PRINT + "    import time; time.sleep(3600)\n"
    answers = ask_script(script(tmp_path, forever), Path("m.gguf"), ASKED)
    next(answers)
    answers.close()  # type: ignore[attr-defined]  # hangs where the script goes on
