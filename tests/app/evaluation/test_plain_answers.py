"""A plain script that answers: stand-ins for it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.errors import KbError
from app.evaluation.plain_answers import PlainScript
from app.evaluation.replies import Reply

START = """
import argparse, json, pathlib, sys
p = argparse.ArgumentParser()
p.add_argument("--model", type=pathlib.Path)
a = p.parse_args()
for line in map(json.loads, sys.stdin):
    out = {"id": line["id"], "answer": a.model.name + line["question"] + "".join(line["passages"])}
    out |= {"prompt_tokens": 7, "first_token_s": 0.5, "total_s": 1}
"""
PRINT = "    print(json.dumps(out), flush=True)\n"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Callable[[str], PlainScript]]:
    """Make a script that goes on with these lines for each question; it ends with the test."""
    started: list[PlainScript] = []

    def make(end: str) -> PlainScript:
        file = tmp_path / "script.py"
        file.write_text(START + end)
        started.append(PlainScript(file, Path("m.gguf")))
        return started[-1]

    yield make
    for script in started:
        script.close()


def test_each_question_is_answered_from_its_passages(made: Callable[[str], PlainScript]) -> None:
    script = made(PRINT)
    assert [script.ask(f" {question}? ", ("p", "q")) for question in ("Who", "谁")] == [
        Reply("m.gguf Who? pq", None, (), 0.5, 1, calls=1, prompt_tokens=7),
        Reply("m.gguf 谁? pq", None, (), 0.5, 1, calls=1, prompt_tokens=7),
    ]


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("    sys.exit('no such model')\n", "ended with code 1 .* no such model"),
        ("    break\n", "ended with code 0 .* it said nothing"),
        ("    print('loading', flush=True)\n", "printed no"),
        ("    del out['total_s']\n" + PRINT, "total_s"),
        ("    out['id'] += 1\n" + PRINT, "another question"),
    ],
)
def test_a_script_that_fails_is_one_line(
    made: Callable[[str], PlainScript], end: str, said: str
) -> None:
    with pytest.raises(KbError, match=said):
        made(end).ask("Who?", ())


def test_one_that_ends_between_two_questions_is_one_line(
    made: Callable[[str], PlainScript],
) -> None:
    script = made(PRINT + "    sys.exit('broke off')\n")
    assert script.ask("Who?", ()).answer == "m.ggufWho?"
    with pytest.raises(KbError, match="broke off"):
        script.ask("Whom?", ())


def test_it_is_ended_in_the_midst_of_an_answer(made: Callable[[str], PlainScript]) -> None:
    script = made(PRINT + "    import time; time.sleep(3600)\n")
    script.ask("Who?", ())
    script.close()  # hangs where the script goes on
