import base64

import pytest

from ingest.embedded import without_embedded

BYTES = bytes(n * n % 251 for n in range(6000))
DATA = base64.b64encode(BYTES).decode()
LINES = "\n".join(DATA[at : at + 76] for at in range(0, len(DATA), 76))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"a ![plan](data:image/png;base64,{DATA}) b", "a ![plan]() b"),
        (f"[img]: data:image/jpeg;base64,{DATA}\n", "[img]: \n"),
        (f'<img alt="plan" src="data:image/gif;base64,{DATA}">', '<img alt="plan" src="">'),
        (f"![plan](data:image/png;base64,{LINES})\n\nnext", "![plan]()\n\nnext"),
        (f'<img src="data:image/png;charset=utf-8;base64,\n{LINES}\n">', '<img src="\n">'),
        ("![x](data:image/svg+xml,%3Csvg" + "%20a" * 40 + ") y", "![x]() y"),
        (f"Content-Transfer-Encoding: base64\n\n{LINES}\n\n--b--\n",
         "Content-Transfer-Encoding: base64\n\n\n\n--b--\n"),
        (f"payload {DATA} end", "payload  end"),
    ],
)  # fmt: skip
def test_files_in_base64_go_and_are_counted(text: str, left: str) -> None:
    assert without_embedded(text) == (left, 1)


@pytest.mark.parametrize(
    "text",
    [
        f"-----BEGIN CERTIFICATE-----\n{LINES}\n-----END CERTIFICATE-----\n",
        f"-----BEGIN PGP MESSAGE-----\nVersion: 1\n\n{LINES}\n-----END PGP MESSAGE-----\n",
        "token eyJhbGciOiJIUzI1NiJ9." + DATA[:200],
        "data:image/png;base64,iVBORw0KGgo=",
        "a" * 3000,
        BYTES.hex(),
        "\n".join(BYTES.hex()[at : at + 64] for at in range(0, 12000, 64)),
        "GATTACA" * 300,
        "the data: it is all here, in words",
        "=" * 5000 + "\n" + "-" * 5000,
    ],
)
def test_keys_tokens_and_dumps_stay(text: str) -> None:
    assert without_embedded(text) == (text, 0)


def test_words_behind_a_broken_picture_stay() -> None:
    text = f"data:image/png;base64,{LINES}\nNext\nline\n"
    assert without_embedded(text)[0].endswith("Next\nline\n")
