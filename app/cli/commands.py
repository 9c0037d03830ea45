"""The `kb` command. Each command's docstring is its help."""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401  # first: switches off every library's telemetry

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import doctor as doctor_cli
from app.cli import eval_retrieval as eval_cli
from app.cli import jobs as jobs_cli
from app.cli import models as models_cli
from app.cli import questions as questions_cli
from app.cli import show as show_cli
from app.cli import watch as watch_cli
from app.cli.options import Collection, Json, open_library
from app.cli.passwords import PasswordFile, passwords_of, unlock
from app.control_characters import is_valid
from app.errors import EXPECTED, UsageError, exit_code, one_line
from app.library import DEFAULT_COLLECTION
from app.signals import Stops
from app.terminal import ingest_progress, output
from retrieval.library import shown

if TYPE_CHECKING:
    from app.service import KnowledgeBase
    from app.settings import Settings

_STOPPED = 130  # what Typer makes of Ctrl+C, and shells

cli = typer.Typer(
    name="kb",
    help="Zhiku 知库: ask your own documents, in Chinese or English, on this machine.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
cli.add_typer(models_cli.cli, name="models")
cli.add_typer(jobs_cli.cli, name="jobs")
cli.add_typer(eval_cli.cli, name="eval")


@cli.callback(invoke_without_command=True)
def _main(
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.")
    ] = False,
) -> None:
    if show_version:
        from importlib.metadata import version

        print(version("zhiku"))
        raise typer.Exit


@cli.command()
def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; without any, every source. Documents with --again."),
    ] = None,
    collection: Annotated[
        str, typer.Option("--collection", "-c", help="The collection to put them into.")
    ] = DEFAULT_COLLECTION,
    keep: Annotated[
        bool, typer.Option("--keep", help="Remove nothing that has gone from the folder.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Also remove more than half of a large source.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Read these documents, or all, once more.")
    ] = False,
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """Put files or folders into the library, or bring it up to date with them.

    A folder is mirrored by content: new and changed files are read, unchanged and renamed ones are
    not embedded again, and what has gone from the folder goes from the library; when that is more
    than half of 20 documents or more, only with --yes.

    kb ingest docs/            mirror a folder

    kb ingest a.pdf b.md       single files

    kb ingest                  every folder and file ingested before

    kb ingest --again          read all again, as after a limit was raised

    kb ingest --again a.pdf    read one document again: an id or a path, as in `kb list`

    The password of a locked file is asked for on a terminal, or taken from --password-file.

    While the web app runs it does the work, and this command shows how far it is. Ctrl+C stops it.
    """
    passwords = passwords_of(password_file)
    kb = open_library(context)
    with ingest_progress() as progress:
        if again and paths:
            names = [str(path) for path in paths]
            report = kb.ingest_again(names, dry_run=dry_run, progress=progress)
        else:
            report = kb.ingest(
                paths or [], collection, keep=keep, yes=yes, dry_run=dry_run, again=again,
                progress=progress,
            )  # fmt: skip
    if not dry_run:
        unlock(kb, report, passwords, ask=not as_json)
    if as_json:
        output.print_json(report)
    else:
        output.print_ingest(report, dry_run=dry_run)
    if report.failed:
        raise typer.Exit(1)


cli.command()(watch_cli.watch)
cli.command()(questions_cli.search)
cli.command()(questions_cli.ask)


@cli.command("list")
def list_documents(
    context: typer.Context, collection: Collection = None, as_json: Json = False
) -> None:
    """List the documents of the library, and what went wrong with those that failed."""
    rows = open_library(context).documents(collection)
    if as_json:
        output.print_json(rows)
    else:
        output.print_documents(rows)


cli.command()(show_cli.show)


@cli.command()
def remove(
    context: typer.Context,
    docs: Annotated[list[str], typer.Argument(help="Ids, beginnings of ids, or paths.")],
    collection: Collection = None,
    as_json: Json = False,
) -> None:
    """Take documents out of the library; the files they came from stay where they are."""
    rows = open_library(context).remove(docs, collection)
    if as_json:
        output.print_json(rows)
    else:
        for row in rows:
            output.print_line(f"removed {shown(row.path)}")


@cli.command()
def status(context: typer.Context, as_json: Json = False) -> None:
    """Show what the library holds, its sizes, its models and the state of its index."""
    found = open_library(context).status()
    if as_json:
        output.print_json(found)
    else:
        output.print_pairs([(name, value, "") for name, value in found.items()])


cli.command()(doctor_cli.doctor)
cli.command()(doctor_cli.backup)
cli.command()(doctor_cli.restore)


@cli.command()
def settings(as_json: Json = False) -> None:
    """Show every setting with its value and where that came from.

    A setting is an environment variable, or a line KB_…=value in settings.env in the data folder.
    """
    from app.settings import Settings, load_settings
    from app.settings_file import PREFIX

    values, origin = load_settings()
    rows = [
        {
            "name": f"{PREFIX}{name.upper()}",
            "value": output.setting(getattr(values, name)),
            "from": origin[name],
            "description": field.description,
        }
        for name, field in Settings.model_fields.items()
    ]
    if as_json:
        output.print_json(rows)
    else:
        output.print_pairs([(str(r["name"]), r["value"], str(r["from"])) for r in rows])


@cli.command()
def serve(
    port: Annotated[
        int | None, typer.Option("--port", min=1024, max=65535, help="Default: KB_PORT.")
    ] = None,
) -> None:
    """Start the web app on this machine, at http://127.0.0.1:8501 if not set otherwise."""
    from app.serving import serve as run
    from app.settings import load_settings

    values, _ = load_settings()
    raise typer.Exit(run(values, port or values.port))


def run(
    arguments: Sequence[str] | None = None,
    library: Callable[[Settings], KnowledgeBase] | None = None,
    stops: Stops | None = None,
) -> int:
    """Run the command line and return its exit code; what goes wrong is one line on stderr.

    `library` opens the library of the settings, in place of `app.service.build`; it is closed when
    the command ends. `stops` hears of the signals that end the process, and has said so.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    stops = stops or Stops()

    def opened(settings: Settings) -> KnowledgeBase:
        from app.service import build

        kb = (library or build)(settings)
        stops.at_stop(kb.abandon)
        return kb

    try:
        _check_arguments(given)
        result = cli(args=given, prog_name="kb", standalone_mode=False, obj=opened)
    except EXPECTED as error:
        if not stops.code:  # or it comes of the stop
            output.complain(one_line(error))
        return exit_code(error)
    except typer.TyperException as error:
        message = error.format_message()
        if message.lstrip().startswith("Usage: kb"):  # `kb` alone: the help
            print(message, file=sys.stderr)
        else:
            output.complain(f"{message} (see kb --help)")
        return 2
    except (KeyboardInterrupt, typer.Abort):
        result = _STOPPED
    except BrokenPipeError:  # `kb list | head`
        sys.stderr.close()
        return 0
    if result == _STOPPED and not stops.code:
        output.complain("stopped")
    return result if isinstance(result, int) else 0


def _check_arguments(given: Sequence[str]) -> None:
    """Refuse what is no text in the encoding of this system, as a terminal of another sends it.

    Paths to ingest are bytes to the system, and are told with the report, one by one.
    """
    for text in given if given[:1] != ["ingest"] else ():
        if not is_valid(text):
            encoding = sys.getfilesystemencoding().upper()
            raise UsageError(
                f"{text[:60]!r} is no valid {encoding}: set the terminal to {encoding}, or LANG to"
                " the encoding of the terminal; a file with such a name must be renamed"
            )
