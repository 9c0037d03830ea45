"""What the documentation says exists, and what exists is documented."""

import dataclasses
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from app.cli import cli
from app.evaluation import AnswerCell, AnswersReport, ChecklistCell
from app.library import ArchiveReport, Check
from app.results import DocumentRow, Hit, IngestReport
from app.settings import PREFIX, Settings
from ingest.reasons import REASONS
from llm.answer import Answer, Citation, ClosestPassage, Timings, Usage

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "data" / "samples" / "README.md"])
NOW = [path for path in PAGES if path.name != "CHANGELOG.md"]  # that one also tells of what was
SOURCES = [p for room in ("app", "ingest", "retrieval", "llm") for p in (ROOT / room).rglob("*.py")]
SETTINGS = {f"{PREFIX}{name.upper()}": field for name, field in Settings.model_fields.items()}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text(path: Path) -> str:
    return path.read_text("utf-8")


def _commands() -> dict[str, Any]:
    """Every command by the words typed after `kb`; groups are left out."""

    def below(command: Any, words: str) -> dict[str, Any]:
        inner = getattr(command, "commands", None)
        if inner is None:
            return {words: command}
        found: dict[str, Any] = {}
        for key, value in inner.items():
            found.update(below(value, f"{words} {key}".strip()))
        return found

    return below(typer.main.get_command(cli), "")


COMMANDS = _commands()


def options(command: Any) -> set[str]:
    flags = (flag for p in command.params for flag in (*p.opts, *p.secondary_opts))
    return {flag for flag in flags if flag[0] == "-"}


def sections() -> dict[str, str]:
    """The part of docs/commands.md about each command, by the words after `kb`."""
    parts = re.split(r"^## ", text(DOCS / "commands.md"), flags=re.MULTILINE)[1:]
    titled = [part.partition("\n")[::2] for part in parts]
    return {title.removeprefix("kb ").strip(" `"): body for title, body in titled if "kb" in title}


def rows(page: str) -> list[list[str]]:
    """The cells of the table rows of a page that begin with a word in backticks."""
    lines = [line for line in text(DOCS / page).splitlines() if line.startswith("| `")]
    return [re.split(r"\s*\|\s*", line.strip("| ")) for line in lines]


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text(path), flags=re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
    }


# -- commands


def test_every_command_has_its_section_and_no_other_has_one() -> None:
    assert set(sections()) == set(COMMANDS)


@pytest.mark.parametrize("words", COMMANDS)
def test_every_option_is_documented_and_no_other(words: str) -> None:
    said = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", sections()[words]))
    assert options(COMMANDS[words]) - said == set()
    assert {flag for flag in said if flag.startswith("--")} - options(COMMANDS[words]) <= {"--help"}


@pytest.mark.parametrize(
    ("words", "results"),
    [
        ("ingest", [IngestReport]),
        ("search", [Hit]),
        ("ask", [Answer, Timings, Usage, Citation, ClosestPassage]),
        ("list", [DocumentRow]),
        ("doctor", [Check]),
        ("backup", [ArchiveReport]),
        ("eval answers", [AnswersReport, AnswerCell, ChecklistCell]),
    ],
)
def test_every_field_of_the_json_is_documented(words: str, results: list[Any]) -> None:
    fields = {field.name for result in results for field in dataclasses.fields(result)}
    section = sections()[words]
    assert {f for f in fields if not re.search(rf"`(?:[\w\[\]]*\.)?{f}[`.]", section)} == set()


def shell_lines(path: Path) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", text(path), flags=re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.rpartition("| ")[2] for line in lines if re.search(r"(^|\| )kb ", line)]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_commands_in_examples_exist_with_these_options(path: Path) -> None:
    for line in shell_lines(path):
        words = shlex.split(line, comments=True)[1:]
        if words[0].startswith("--"):
            continue
        named = max((c for c in COMMANDS if words[: len(c.split())] == c.split()), default=None)
        assert named is not None, line
        flags = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        assert flags <= options(COMMANDS[named]) | {"--help"}, line


@pytest.mark.parametrize("path", [*PAGES, *SOURCES], ids=name)
def test_commands_and_settings_that_are_named_exist(path: Path) -> None:
    content = text(path)
    groups = {words.split()[0] for words in COMMANDS}
    assert {word for word in re.findall(r"`kb ([a-z]+)", content) if word not in groups} == set()
    named = set(re.findall(r"`?\bkb models ([a-z]+)", content))
    assert {f"models {word}" for word in named} <= set(COMMANDS)
    assert {n for n in re.findall(r"\bKB_[A-Z_]*[A-Z]", content) if n not in SETTINGS} == set()


# -- settings


def test_every_setting_has_its_row_and_no_other_has_one() -> None:
    found = [cells[0].strip("`") for cells in rows("settings.md")]
    assert [n for n in found if n.startswith(PREFIX)] == list(SETTINGS)


def shown(value: object) -> str:
    """A default or bound as the table writes it."""
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_row_tells_the_default_and_the_bounds(setting: str) -> None:
    field = SETTINGS[setting]
    _, default, bounds, _ = next(c for c in rows("settings.md") if c[0] == f"`{setting}`")
    if isinstance(field.default, str | int | float | tuple):
        assert default.strip("`") == shown(field.default)
    for bound in field.metadata:
        if hasattr(bound, "ge"):
            assert bounds.startswith(shown(bound.ge))
        if hasattr(bound, "le"):
            assert bounds.endswith(shown(bound.le))


# -- reasons


def test_every_reason_has_its_row_and_no_other_has_one() -> None:
    assert [cells[0].strip("`") for cells in rows("reasons.md")] == sorted(REASONS)


# -- pages


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"", text(path))
    for target in (one or other for one, other in targets):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = target.partition("#")
        file = (path.parent / place).resolve() if place else path
        assert file.exists(), target
        assert file.is_relative_to(ROOT), target
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file), target


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (
        [line.partition("#")[0].strip() for line in shell_lines(ROOT / page)]
        for page in ("README.md", "README.zh.md")
    )
    assert english == chinese != []


def test_the_readmes_lead_to_the_documentation_and_that_to_each_of_its_pages() -> None:
    for page in ("README.md", "README.zh.md"):
        assert "](docs/README.md)" in text(ROOT / page)
    linked = {"README.md", *re.findall(r"\]\(([\w/.-]+\.md)", text(DOCS / "README.md"))}
    assert {p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*.md")} - linked == set()


# A file or folder of the repository, as the documentation and comments name it.
NAMED_PATH = re.compile(
    r"(?<![\w/.:-])(?:app|ingest|retrieval|llm|tests|bench|docs|data/samples)"
    r"(?:/[\w-]+)+(?:\.[a-z]+)*(?![\w*…/(])"
)


def absent(content: str) -> list[str]:
    """The paths of the repository that are named and not there."""
    named = sorted(set(NAMED_PATH.findall(content)))
    return [path for path in named if not (ROOT / path).exists()]


def test_a_path_that_is_not_there_is_seen() -> None:
    content = "`llm/answer` and `llm/answer/cite.py`, not llm/pith.py nor (docs/diary.md)"
    assert absent(content) == ["docs/diary.md", "llm/pith.py"]


@pytest.mark.parametrize("path", NOW, ids=name)
def test_files_that_the_documentation_names_exist(path: Path) -> None:
    assert absent(text(path)) == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_pages_that_the_code_names_exist(path: Path) -> None:
    named = re.findall(r"(?<![\w/])docs/[\w/-]+\.md", text(path))
    assert [page for page in named if not (ROOT / page).exists()] == []


def test_every_page_on_how_it_works_has_a_diagram_and_an_example() -> None:
    order = text(DOCS / "README.md").partition("**How it works**")[2].partition("**Measured**")[0]
    pages = [DOCS / page for page in re.findall(r"\]\(([\w/.-]+\.md)", order)]
    assert pages
    for page in pages:
        assert re.search(r"^```mermaid$|^!\[", text(page), flags=re.MULTILINE), page
        assert re.search(r"^#+ Example|^\*\*Seen|^Example: ", text(page), flags=re.MULTILINE), page


def test_pictures_are_small() -> None:
    pictures = [p for p in (DOCS / "images").iterdir() if p.is_file()]
    assert pictures
    assert max(p.stat().st_size for p in pictures) < 300_000


@pytest.mark.parametrize("path", [*PAGES, *SOURCES], ids=name)
def test_nothing_of_one_machine_stands_in_the_repository(path: Path) -> None:
    assert not re.search(r"/(?:root|home|tmp|work)/\w", text(path))
