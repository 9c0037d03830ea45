"""Downloads against a server of our own on this machine."""

import socket

import httpx
import pytest

from llm.errors import ModelError
from llm.pull.download import Stated, download

DATA = bytes(range(256)) * 4096  # 1 MiB
KNOWN = Stated("0" * 64, len(DATA))


@pytest.fixture
def get(server, tmp_path):
    """Download `/file` to tmp_path / "file.part"."""

    def run(known=KNOWN, url=None):
        seen = []
        with httpx.Client(follow_redirects=True) as client:
            stated = download(
                client,
                url or f"{server.url}/file",
                tmp_path / "file.part",
                known,
                lambda done, total: seen.append((done, total)),
                pause=0,
            )
        return stated, seen

    return run


def test_a_file_arrives_whole_and_its_progress_is_told(get, server, answer, tmp_path):
    server.answers["/file"] = answer(DATA)
    stated, seen = get()
    assert (tmp_path / "file.part").read_bytes() == DATA
    assert stated == KNOWN
    assert seen[-1] == (len(DATA), len(DATA))


def test_only_the_rest_is_asked_for(get, server, answer, tmp_path):
    (tmp_path / "file.part").write_bytes(DATA[:1000])
    server.answers["/file"] = answer(DATA)
    _, seen = get()
    assert server.requests[0][1]["Range"] == "bytes=1000-"
    assert (tmp_path / "file.part").read_bytes() == DATA
    assert seen[0][0] > 1000


def test_a_whole_part_is_not_asked_for_again(get, server, tmp_path):
    (tmp_path / "file.part").write_bytes(DATA)
    get()
    assert server.requests == []


def test_a_server_that_ignores_the_range_is_read_from_the_start(get, server, answer, tmp_path):
    (tmp_path / "file.part").write_bytes(b"x" * 1000)
    server.answers["/file"] = answer(DATA, ranges=False)
    get()
    assert (tmp_path / "file.part").read_bytes() == DATA


def test_a_broken_connection_goes_on_where_it_broke(get, server, answer, tmp_path):
    server.answers["/file"] = answer(DATA, cuts=[300_000, 200_000])
    get()
    asked = [headers.get("Range") for _, headers in server.requests]
    assert asked == [None, "bytes=300000-", "bytes=500000-"]
    assert (tmp_path / "file.part").read_bytes() == DATA


def test_a_connection_that_brings_nothing_is_given_up(get, server, answer):
    server.answers["/file"] = answer(DATA, cuts=[300_000, *[0] * 20])
    with pytest.raises(ModelError, match=r"127\.0\.0\.1:\d+ failed"):
        get()
    assert len(server.requests) == 1 + 3


def test_a_part_longer_than_the_file_is_begun_again(get, server, answer, tmp_path):
    (tmp_path / "file.part").write_bytes(b"x" * (len(DATA) + 5))
    server.answers["/file"] = answer(DATA)
    get()
    assert (tmp_path / "file.part").read_bytes() == DATA


def test_a_page_in_place_of_the_file_is_refused_before_it_is_read(get, server, answer, tmp_path):
    server.answers["/file"] = answer(b"<html>log in</html>")
    with pytest.raises(ModelError, match=f"offers 19 bytes where {len(DATA)} are right"):
        get()
    assert not (tmp_path / "file.part").exists()


def test_another_part_than_asked_for_is_refused(get, server, answer, tmp_path):
    (tmp_path / "file.part").write_bytes(DATA[:10])
    server.answers["/file"] = answer(
        DATA, status=206, headers={"Content-Range": f"bytes 0-{len(DATA) - 1}/{len(DATA)}"}
    )
    with pytest.raises(ModelError, match="another part"):
        get()
    assert (tmp_path / "file.part").read_bytes() == DATA[:10]


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "has no file '/file'"), (401, "asks for a token"), (403, "licence"), (500, "500")],
)
def test_a_refusal_is_one_line_and_not_tried_again(get, server, answer, status, words):
    server.answers["/file"] = answer(status=status)
    with pytest.raises(ModelError, match=words) as error:
        get()
    assert "\n" not in str(error.value)
    assert len(server.requests) == 1


def test_a_port_where_nobody_listens_is_given_up_at_once(get):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: a connection is refused
        port = taken.getsockname()[1]
        with pytest.raises(ModelError, match=f"127.0.0.1:{port} cannot be reached"):
            get(url=f"http://127.0.0.1:{port}/file")


def test_what_the_hub_states_where_it_redirects_is_returned(get, server, answer, sha256):
    stated = sha256(DATA)
    server.answers["/file"] = answer(
        headers={"X-Linked-ETag": f'"{stated}"'}, redirect=f"{server.url}/storage"
    )
    server.answers["/storage"] = answer(DATA)
    assert get(known=Stated(None, None))[0] == Stated(stated, len(DATA))


def test_an_etag_that_is_no_sha256_states_nothing(get, server, answer):
    server.answers["/file"] = answer(DATA, headers={"X-Linked-ETag": '"0123abcd"'})
    assert get(known=Stated(None, None))[0] == Stated(None, len(DATA))
