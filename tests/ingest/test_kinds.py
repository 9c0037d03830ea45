import pytest

from ingest.kinds import is_supported, kind_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.md", "markdown"),
        ("README.Markdown", "markdown"),
        ("手册.TXT", "text"),
        ("server.log", "text"),
        ("a.b.pdf", "pdf"),
        ("a.docx", None),
        ("a.pdf. ", "pdf"),
        ("a.docx ", None),
        ("pdf", "text"),
        ("LICENCE", "text"),
        (".md", None),
    ],
)
def test_the_suffix_gives_the_kind_and_a_name_without_one_may_be_a_text(
    name: str, kind: str | None
) -> None:
    assert kind_of(name) == kind
    assert is_supported(name) == (kind is not None)
