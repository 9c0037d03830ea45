import pytest

from ingest.folders.plan import Known, Plan, Present, empties, plan


def known(path: str, sha256: str | None, *, current: bool = True) -> Known:
    return Known(f"doc-{path}", path, sha256, 1, current)


def steps(result: Plan) -> dict[str, list[str]]:
    """The plan in short: "old > new" for pairs."""
    pairs = {"update": result.update, "rename": result.rename, "unchanged": result.unchanged}
    short = {
        name: [f"{old.path} > {new.path}" for old, new in rows] for name, rows in pairs.items()
    }
    short |= {"add": [file.path for file in result.add]}
    short |= {"remove": [old.path for old in result.remove]}
    return {name: rows for name, rows in short.items() if rows}


@pytest.mark.parametrize(
    ("files", "library", "expected"),
    [
        ({}, [], {}),
        ({"a": "1", "b": "2"}, [], {"add": ["a", "b"]}),
        ({"a": "1"}, [known("a", "1")], {"unchanged": ["a > a"]}),
        ({"a": "2"}, [known("a", "1")], {"update": ["a > a"]}),
        # Of another size than all that is known: not hashed.
        ({"a": None, "b": None}, [known("a", "1")], {"update": ["a > a"], "add": ["b"]}),
        ({"b": None}, [known("a", None)], {"add": ["b"], "remove": ["a"]}),
        ({"a": "1"}, [known("a", "1", current=False)], {"update": ["a > a"]}),
        ({"a": "1"}, [known("a", None, current=False)], {"update": ["a > a"]}),
        ({}, [known("a", "1"), known("b", None)], {"remove": ["a", "b"]}),
        ({"b": "1"}, [known("a", "1")], {"rename": ["a > b"]}),
        # A failed document that moved is read again under its new name.
        ({"b": "1"}, [known("a", "1", current=False)], {"add": ["b"], "remove": ["a"]}),
        # Two files with the same bytes.
        ({"a": "1", "b": "1"}, [], {"add": ["a", "b"]}),
        ({"a": "1", "b": "1"}, [known("a", "1")], {"unchanged": ["a > a"], "add": ["b"]}),
        ({"a": "1"}, [known("a", "1"), known("b", "1")], {"unchanged": ["a > a"], "remove": ["b"]}),
        ({"c": "1"}, [known("a", "1"), known("b", "1")], {"rename": ["a > c"], "remove": ["b"]}),
        ({"b": "1", "c": "1"}, [known("a", "1")], {"rename": ["a > b"], "add": ["c"]}),
        # Two files that swapped their names.
        (
            {"a": "2", "b": "1"},
            [known("a", "1"), known("b", "2")],
            {"update": ["a > a", "b > b"]},
        ),
        # A chain of names: b took a's bytes, c those of b.
        (
            {"b": "1", "c": "2"},
            [known("a", "1"), known("b", "2")],
            {"update": ["b > b"], "add": ["c"], "remove": ["a"]},
        ),
        # A folder was renamed: each file finds the document of its own name.
        (
            {"new/x": "1", "new/y": "1"},
            [known("old/y", "1"), known("old/x", "1")],
            {"rename": ["old/x > new/x", "old/y > new/y"]},
        ),
    ],
)
def test_the_plan_mirrors_the_files(
    files: dict[str, str | None], library: list[Known], expected: dict[str, list[str]]
) -> None:
    present = [Present(path, sha256) for path, sha256 in files.items()]
    assert steps(plan(present, library, keep=False)) == expected


def test_keep_removes_nothing_but_still_renames() -> None:
    library = [known("a", "1"), known("b", "2")]
    assert steps(plan([Present("c", "1")], library, keep=True)) == {"rename": ["a > c"]}


def test_nothing_below_an_unreadable_place_is_gone() -> None:
    library = [known("sub/a", "1"), known("sub", "2"), known("subway", "3")]
    result = plan([Present("copy", "1")], library, keep=False, unreadable=["sub"])
    assert steps(result) == {"add": ["copy"], "remove": ["subway"]}


def test_every_file_and_every_document_has_one_step() -> None:
    library = [known(path, sha256) for path, sha256 in zip("abcdef", "112345", strict=True)]
    present = [Present(path, sha256) for path, sha256 in zip("bcdgh", "19315", strict=True)]
    result = plan(present, library, keep=False)
    pairs = [*result.update, *result.rename, *result.unchanged]
    assert sorted([file.path for file in result.add] + [new.path for _, new in pairs]) == list(
        "bcdgh"
    )
    documents = [old.document for old, _ in pairs] + [old.document for old in result.remove]
    assert sorted(documents) == sorted(old.document for old in library)


@pytest.mark.parametrize(
    ("held", "left", "emptied"),
    [(20, 9, True), (20, 10, False), (19, 0, False), (100, 0, True), (0, 0, False)],
)
def test_a_source_that_loses_most_of_many_documents_is_emptied(
    held: int, left: int, emptied: bool
) -> None:
    library = [known(f"{n:03}", f"{n}") for n in range(held)]
    files = [Present(f"{n:03}", f"{n}") for n in range(left)]
    assert empties(plan(files, library, keep=False), library) is emptied
    assert not empties(plan(files, library, keep=True), library)
    moved = [Present(f"moved/{n:03}", f"{n}") for n in range(held)]
    assert not empties(plan(moved, library, keep=False), library)
