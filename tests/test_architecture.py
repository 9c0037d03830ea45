"""The rooms of docs/design.md held against the imports, and the norms that a program can check."""

import ast
import importlib
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "bench"))

import packages as packages_of_rooms  # noqa: E402

ROOMS = ("app", "ingest", "retrieval", "llm")
ENTRY = "streamlit_app"
LONGEST_FILE = 260  # lines below the imports; most have 30 to 150
# The façade has some lines for each thing that one can do with a library.
LONGER = {"app/service.py": 340, "app/library/writer.py": 280}

# What each room may import beside the standard library and itself.
MAY_IMPORT = {
    ENTRY: {"app", "streamlit"},
    "app": {
        "ingest", "retrieval", "llm", "streamlit", "langchain_core", "dotenv", "filelock",
        "markdown_it", "numpy", "platformdirs", "pydantic", "pydantic_settings", "rich",
        "starlette", "typer",
    },
    "ingest": {
        "PIL", "cv2", "langchain_core", "lxml", "markdown_it", "msoffcrypto", "numpy", "olefile",
        "omegaconf", "onnxruntime", "opencc", "pypdf", "pypdfium2", "rapidocr", "tokenizers",
        "watchfiles", "xlrd", "yaml",
    },
    "retrieval": {
        "ingest", "langchain_core", "Stemmer", "chromadb", "langchain_huggingface", "numpy",
        "openvino", "rjieba", "sentence_transformers", "tokenizers", "torch", "transformers",
    },
    "llm": {
        "ingest", "langchain_core", "filelock", "httpx", "httpx2", "langchain_openai",
        "llama_cpp", "numpy", "openai", "pydantic",
    },
}  # fmt: skip

# A kill has to be somewhere, and a protection that is taken out has to be named.
NAMES_PLACES = tuple(
    f"tests/faults/rig/{file}.py" for file in ("kill_points", "places", "taken_out")
)

# Slow to import (0.3 to 10 s), so only inside functions: `kb list` answers at once.
HEAVY = {
    "chromadb", "cv2", "langchain_huggingface", "langchain_openai", "llama_cpp", "onnxruntime",
    "openai", "openvino", "rapidocr", "sentence_transformers", "torch", "transformers",
}  # fmt: skip

# The package that brings an import, where its name is another.
PACKAGES = {
    "pdf_inspector": "pdf-inspector",
    "sklearn": "scikit-learn",
    "PIL": "pillow",
    "Stemmer": "pystemmer",
    "axe_playwright_python": "axe-playwright-python",
    "cv2": "opencv-python-headless",
    "dotenv": "python-dotenv",
    "langchain_core": "langchain-core",
    "langchain_huggingface": "langchain-huggingface",
    "langchain_openai": "langchain-openai",
    "langchain_tests": "langchain-tests",
    "langchain_text_splitters": "langchain-text-splitters",
    "llama_cpp": "llama-cpp-python",
    "markdown_it": "markdown-it-py",
    "msoffcrypto": "msoffcrypto-tool",
    "pydantic_settings": "pydantic-settings",
    "sentence_transformers": "sentence-transformers",
    "yaml": "pyyaml",
}


def files(*rooms: str) -> list[Path]:
    found = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    return [*found, ROOT / f"{ENTRY}.py"] if ENTRY in rooms else found


SOURCES = files(*ROOMS, ENTRY)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room(path: Path) -> str:
    return name(path).partition("/")[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    """The top-level packages that are imported anywhere below a node."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the room"
            yield (node.module or "").partition(".")[0]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), name(path))


def third_parties(paths: Sequence[Path]) -> dict[str, str]:
    """Every import that is neither ours nor Python's, and a file that has it."""
    found: dict[str, str] = {}
    for path in paths:
        for module in imports(parsed(path)):
            if module not in (*ROOMS, ENTRY) and module not in sys.stdlib_module_names:
                found.setdefault(module, name(path))
    return found


def packages(lines: Sequence[str]) -> set[str]:
    """The names of the packages in lines such as `pypdf[crypto]>=6`."""
    return {re.split(r"[\[<>=~! ]", line)[0] for line in lines}


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    here = room(path)
    allowed = MAY_IMPORT[here] | {here} | sys.stdlib_module_names
    assert set(imports(parsed(path))) <= allowed


@pytest.mark.parametrize("here", MAY_IMPORT)
def test_what_a_room_may_import_it_does_import(here: str) -> None:
    used = {module for path in SOURCES if room(path) == here for module in imports(parsed(path))}
    assert MAY_IMPORT[here] - used == set()


def test_packages_import_downwards_and_in_no_circle() -> None:
    assert packages_of_rooms.circle(packages_of_rooms.graph()) == []


def test_of_another_room_retrieval_and_llm_import_only_the_ground_floor() -> None:
    for box, below in packages_of_rooms.graph().items():
        here = box.partition(".")[0]
        if here in ("retrieval", "llm"):
            others = {other for other in below if other.partition(".")[0] != here}
            assert others <= {"ingest.text"}, box


def past_the_face(path: Path) -> list[str]:
    """The imports of a file that name a file of a package, or what its face does not have."""
    found: list[str] = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
            found += [".".join(parts) for parts in names if parts[0] in ROOMS and len(parts) > 2]
        if not isinstance(node, ast.ImportFrom) or node.module is None:
            continue
        room, *there = node.module.split(".")
        if room not in ROOMS or not there:
            continue
        face = importlib.import_module(f"{room}.{there[0]}")
        if hasattr(face, "__path__"):  # else it is a file beside the packages
            named = [alias.name for alias in node.names]
            past = [one for one in named if len(there) > 1 or one not in face.__all__]
            found += [f"{node.module}.{one}" for one in past]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_package_is_imported_through_its_face(path: Path) -> None:
    """`from room.package import name`; a file of a package is known inside of it only."""
    own = ".".join(name(path).split("/")[:2]) + "."
    assert [module for module in past_the_face(path) if not module.startswith(own)] == []


@pytest.mark.parametrize("face", [p for p in SOURCES if p.name == "__init__.py"], ids=name)
def test_a_face_gives_what_it_names(face: Path) -> None:
    """Also one that loads its files late, whose names no file of the package may have."""
    package = ".".join(face.relative_to(ROOT).parent.parts)
    module = importlib.import_module(package)
    for one in getattr(module, "__all__", ()):
        assert hasattr(module, one), one
    if hasattr(module, "_FILES"):
        files_of_it = {path.stem for path in face.parent.glob("*.py")}
        assert files_of_it & set(module.__all__) == set()
        assert set(module._FILES) == set(module.__all__)


TEST_FILES = [path for path in files("tests") if name(path) not in NAMES_PLACES]
INSIDE_OF_NOTHING = [p for p in TEST_FILES if name(p).startswith(("tests/llm", "tests/retrieval"))]


@pytest.mark.parametrize("path", TEST_FILES, ids=name)
def test_tests_know_a_package_by_its_face(path: Path) -> None:
    """What a package does is tested as others use it, so that its files can move and change."""
    assert past_the_face(path) == []


@pytest.mark.parametrize("path", TEST_FILES, ids=name)
def test_tests_patch_nothing_of_ours(path: Path) -> None:
    """What a test must change is passed in; `setattr` is for Python's own, as `sys.stdin`."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setattr":
            place = node.args[0]
            assert isinstance(place, ast.Constant), f"{name(path)}:{node.lineno}"
            assert str(place.value).split(".")[0] in sys.stdlib_module_names


@pytest.mark.parametrize("path", INSIDE_OF_NOTHING, ids=name)
def test_tests_reach_for_nothing_private_and_replace_no_part(path: Path) -> None:
    """What must be another in a test is passed in; variables of the environment may be set."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Attribute) and not isinstance(node.value, ast.Name | ast.Call):
            assert not re.match("_[a-z]", node.attr), ast.unparse(node)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            own = node.value.id in ("self", "cls", "os")
            assert own or not re.match("_[a-z]", node.attr), ast.unparse(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in ("setattr", "setitem"), ast.unparse(node)


def test_the_picture_of_the_packages_is_as_they_are() -> None:
    drawn = packages_of_rooms.picture(packages_of_rooms.graph())
    assert packages_of_rooms.PICTURE.read_text("utf-8") == drawn, "python bench/packages.py"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_heavy_libraries_are_imported_where_they_are_used(path: Path) -> None:
    top = [
        node
        for node in parsed(path).body
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Try | ast.With)
    ]
    assert not {module for node in top for module in imports(node)} & HEAVY


def test_streamlit_stays_in_the_web_app() -> None:
    with_streamlit = {name(p) for p in SOURCES if "streamlit" in set(imports(parsed(p)))}
    assert {p for p in with_streamlit if not p.startswith(("app/pages/", "app/components/"))} <= {
        "app/web/state.py", "app/serving/front_page.py", "app/serving/guard.py",
        "app/serving/server.py", "streamlit_app.py",
    }  # fmt: skip


def test_every_import_stands_in_the_dependencies_and_the_other_way_round() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = packages(project["dependencies"])
    used = {PACKAGES.get(module, module): file for module, file in third_parties(SOURCES).items()}
    assert set(used) - wanted == set(), used
    # Not imported by us: langchain-huggingface needs it and leaves it to the user.
    assert wanted - set(used) <= {"sentence-transformers"}


def test_what_the_tests_import_is_installed_with_dev() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = packages(project["dependencies"] + project["optional-dependencies"]["dev"])
    used = third_parties(files("tests", "bench"))
    # "_pytest" comes with pytest; the others are of faults, hostile and bench.
    for ours in (
        "_pytest",
        "clicks",
        "conftest",
        "harness",
        "rig",
        "serve_stand_in",
        "handed_in",
        "serving",
        "highlight_documents",
        "injection_documents",
        "made",
        "ocr_pages",
        "office_sources",
        "libreoffice",
        "other_forms",
        "packages",
        "reference",
        "reference_answers",
        "rows",
        "table_documents",
        "table_files",
        "vector_index",
    ):
        used.pop(ours, None)
    assert {PACKAGES.get(module, module) for module in used} - wanted == set(), used


def test_every_dependency_has_a_pinned_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = packages(project["dependencies"] + project["optional-dependencies"]["dev"])
    pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {line.partition("==")[0] for line in pins if re.match(r"[\w.-]+==\d", line)}
    assert wanted - pinned == set()


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_file_is_short_and_has_one_idea(path: Path) -> None:
    assert path.stem not in ("utils", "helpers", "common", "misc")
    tree, lines = parsed(path), path.read_text("utf-8").splitlines()
    head = [
        node
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    ]
    below = len(lines) - (head[-1].end_lineno or 0 if head else 0)
    assert below <= LONGER.get(name(path), LONGEST_FILE)
    if lines:
        assert ast.get_docstring(parsed(path)), "the first line says what the file is for"


def test_pages_only_translate() -> None:
    lengths = {name(p): len(p.read_text("utf-8").splitlines()) for p in files("app/pages")}
    assert {path: n for path, n in lengths.items() if n > 120} == {}
    assert len((ROOT / f"{ENTRY}.py").read_text("utf-8").splitlines()) <= 45


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_forbidden_things(path: Path) -> None:
    tree = parsed(path)
    assert not set(imports(tree)) & {"pickle", "shelve", "marshal", "dill", "joblib"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            assert not all(isinstance(step, ast.Pass) for step in node.body), "an error is lost"
            assert node.type is not None, "a bare except"
        if isinstance(node, ast.keyword):
            shell = node.arg == "shell" and getattr(node.value, "value", True) is not False
            assert not shell, "shell=True"
            assert node.arg != "unsafe_allow_html"
            remote = node.arg == "trust_remote_code"
            assert not remote or getattr(node.value, "value", True) is False
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("eval", "exec", "__import__")
        if isinstance(node, ast.Raise):
            assert "NotImplementedError" not in ast.dump(node), "a stub"


@pytest.mark.parametrize("path", [p for p in SOURCES if room(p) in ROOMS[1:]], ids=name)
def test_only_entry_points_read_the_environment(path: Path) -> None:
    source = path.read_text("utf-8")
    assert "os.environ" not in source.replace("**os.environ", "")
    assert "getenv" not in source


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_warnings_are_not_silenced(path: Path) -> None:
    assert not re.search(r"filterwarnings|simplefilter|catch_warnings", path.read_text("utf-8"))
