"""`kb serve` as a process: what it answers to other pages and hosts, and how it ends."""

import base64
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[3]
KB = [sys.executable, "-c", "from app.start import main; main()", "serve", "--port"]
BY_HAND = [
    sys.executable, "-m", "streamlit", "run", str(ROOT / "streamlit_app.py"),
    "--server.headless", "true", "--server.port",
]  # fmt: skip


class Served:
    """The web app over an empty library, at a free port."""

    def __init__(self, command: list[str], folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "serve.log"
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KB_")}
        paths = {"KB_DATA_DIR": str(folder / "library"), "KB_MODELS_DIR": str(folder / "models")}
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [*command, str(self.port)],
                cwd=ROOT,
                env={**kept, **paths, "KB_MAX_FILE_MB": "3"},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.get("/_stcore/health").is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        self.stop()
        pytest.fail(f"the app did not start: {self.log.read_text('utf-8', 'replace')}")

    def get(self, path: str, **headers: str) -> httpx.Response:
        return httpx.get(self.url + path, headers=headers, trust_env=False)

    def handshake(self, **headers: str) -> str:
        """The first line that is answered to a WebSocket."""
        lines = {
            "Host": f"127.0.0.1:{self.port}",
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(bytes(16)).decode(),
            "Sec-WebSocket-Protocol": "streamlit",
            **headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(f"GET /_stcore/stream HTTP/1.1\r\n{head}\r\n".encode())
            return connection.recv(4096).decode("latin-1").partition("\r\n")[0]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


@pytest.fixture(scope="module", params=[KB, BY_HAND], ids=["kb serve", "streamlit run"])
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    app = Served(request.param, tmp_path_factory.mktemp("served"))
    yield app
    app.stop()


@pytest.mark.parametrize("path", ["/", "/chat", "/_stcore/health", "/static/none.js", "/media/x"])
def test_no_page_may_frame_it(served: Served, path: str) -> None:
    answer = served.get(path)
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/documents"])
@pytest.mark.parametrize(
    ("headers", "lang"),
    [
        ({"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}, "zh-CN"),
        ({"Accept-Language": "en-GB,zh;q=0.9"}, "en"),
        ({"Accept-Language": "en-GB", "Cookie": "a=b; zhiku_language=zh"}, "zh-CN"),
        ({"Accept-Language": "zh", "Cookie": "zhiku_language=en"}, "en"),
        ({"Accept-Language": "<script>", "Cookie": "zhiku_language=<b>"}, "en"),
        ({}, "en"),
    ],
)
def test_a_page_opens_in_its_language_and_knows_where_its_server_is(
    served: Served, path: str, headers: dict[str, str], lang: str
) -> None:
    page = served.get(path, Accept="text/html", **headers).text
    assert f'<html lang="{lang}">' in page
    assert "<title>Zhiku 知库</title>" in page
    assert page.count("BACKEND_BASE_URL") == 1
    assert "Streamlit</title>" not in page


def test_a_websocket_of_its_own_page_opens(served: Served) -> None:
    assert " 101 " in served.handshake(Origin=served.url)
    localhost = f"localhost:{served.port}"
    assert " 101 " in served.handshake(Host=localhost, Origin=f"http://{localhost}")
    assert " 101 " in served.handshake()  # no browser


def test_a_websocket_of_another_page_does_not(served: Served) -> None:
    for origin in (
        f"http://127.0.0.1:{served.port + 1}",
        f"http://localhost:{served.port}",
        f"https://127.0.0.1:{served.port}",
        "http://evil.example",
        "null",
    ):
        assert " 403 " in served.handshake(Origin=origin), origin
    assert " 403 " in served.handshake(Host="evil.example", Origin="http://evil.example")


def test_another_page_can_neither_read_nor_upload(served: Served) -> None:
    other = f"http://127.0.0.1:{served.port + 1}"
    assert served.get("/_stcore/health", Origin=other).status_code == 403
    upload = httpx.put(
        f"{served.url}/_stcore/upload_file/session/file",
        headers={"Origin": other},
        files={"file": b"text"},
        trust_env=False,
    )
    assert upload.status_code == 403
    assert "Origin" in upload.text


def test_another_name_for_this_machine_is_refused(served: Served) -> None:
    answer = served.get("/", Host=f"evil.example:{served.port}")
    assert answer.status_code == 403
    assert "allowedHosts" in answer.text


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_it_ends_in_order(tmp_path: Path, how: signal.Signals) -> None:
    app = Served(KB, tmp_path)
    assert app.stop(how) == 0
    assert "Traceback" not in app.log.read_text("utf-8", "replace")


def test_the_library_is_opened_before_any_browser_comes(tmp_path: Path) -> None:
    app = Served(KB, tmp_path)
    try:
        deadline = time.monotonic() + 60
        while not (tmp_path / "library" / "ledger.sqlite3").exists():
            assert time.monotonic() < deadline, app.log.read_text("utf-8", "replace")
            time.sleep(0.1)
    finally:
        assert app.stop() == 0
