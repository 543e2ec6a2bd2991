"""The command-line program `kb`, one file per command."""

import argparse
import os
import sqlite3
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from kb import __version__
from kb.cli.terminal import printable, say
from kb.errors import KbError, storage_error
from kb.settings import Settings

# Each command is a module of this package with `configure(parser)` and `run(arguments, settings)`.
# Only the requested module is imported, so that a command does not load the libraries of others.
COMMANDS = {
    "check": "find all problems in the corpus, with file and line",
    "build": "build the index from the corpus and publish it",
    "rollback": "publish the previous generation again",
    "search": "find demands, findings, ideas and summaries",
    "show": "print a record or a document, with source, outcome and relations",
    "serve": "serve the pages and the API over HTTP, by default on this machine only",
    "evaluate": "measure the ranking on judged queries",
    "import": "import your own documents: files, folders and web addresses",
    "shelf": "list, remove, rebuild, export and import shelves of imported documents",
    "review": "accept, correct or reject demands suggested in imported documents",
    "cite": "print citations of records and documents in any citation style",
    "check-quotes": "compare the quotations of a draft with your imported documents",
    "echoes": "show where a draft has the words or ideas of what is indexed",
    "topics": "list the topics and the number of passages on each",
    "places": "list the places and the number of passages for each",
    "coverage": "count the contents of the corpus and show its gaps",
    "audit": "draw random records to check against their sources",
    "schema": "print the JSON Schema of the front matter, for editors",
    "doctor": "check what is installed and built, and what is missing",
    "licenses": "print the licenses of everything installed with the program",
    "completion": "print the bash, zsh or fish script that completes commands and flags",
}


MODULES = {"import": "import_", "check-quotes": "check_quotes"}  # names that Python allows


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0 for success, 1 for a problem, 2 for wrong usage, 130 for Ctrl-C."""
    words = list(sys.argv[1:] if argv is None else argv)
    asked = [word for word in words if word in COMMANDS][:1]
    arguments = make_parser(asked).parse_args(words)
    try:
        code = int(_module(arguments.command).run(arguments, _settings(arguments)))
        sys.stdout.flush()
    except KbError as error:
        return _failed(arguments.command, error)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reading process closed the pipe
        _drop_output()
        return 0
    except (OSError, sqlite3.Error, ValueError, RuntimeError) as error:
        known = storage_error(error)
        if known is None:
            raise
        _drop_output()
        return _failed(arguments.command, known)
    return code


def _failed(command: str, error: KbError) -> int:
    """Print an error and return its exit code."""
    say(f"kb {command}: {error}", sys.stderr)
    return error.exit_code


def _drop_output() -> None:
    """Redirect standard output to /dev/null, because its file or pipe cannot be written to."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run() -> NoReturn:
    """Run the console script `kb` and exit with its code; on Windows, exit with a message."""
    if sys.platform == "win32":  # no flock and no resource limits there
        sys.exit("kb: this system is Windows; expected Linux or macOS. Next: run it in WSL")
    sys.exit(main())


class _Parser(argparse.ArgumentParser):
    """An argument parser that escapes its error messages, because they can quote any file name."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and the message, then exit with code 2."""
        super().error(printable(message))


def make_parser(asked: Collection[str]) -> argparse.ArgumentParser:
    """Return the command-line parser, with the flags of the requested commands."""
    parser = _Parser(
        prog="kb",
        description="Precedent: what movements asked for, and what happened.",
        epilog="KB_CORPUS, KB_INDEX, KB_SHELVES and KB_MODEL also set the folders and the model.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, words_of_help in COMMANDS.items():
        command = commands.add_parser(
            name, help=words_of_help, description=f"{words_of_help[0].upper()}{words_of_help[1:]}."
        )
        folders = command.add_argument_group("folders and model")
        folders.add_argument("--corpus", type=Path, metavar="DIR", help="corpus folder")
        folders.add_argument("--index", type=Path, metavar="DIR", help="index folder")
        folders.add_argument(
            "--shelves", type=Path, metavar="DIR", help="folder of imported documents"
        )
        folders.add_argument("--model", metavar="NAME", help="name or path of the encoder")
        if name in asked:
            _module(name).configure(command)
    return parser


def _module(command: str) -> Any:
    return import_module(f"kb.cli.{MODULES.get(command, command)}")


def _settings(arguments: argparse.Namespace) -> Settings:
    given = {
        name: getattr(arguments, name)
        for name in ("corpus", "index", "shelves", "model")
        if getattr(arguments, name) is not None
    }
    return replace(Settings.from_environment(), **given)
