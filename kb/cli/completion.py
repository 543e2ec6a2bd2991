"""kb completion: print the shell script that completes commands and flags."""

import argparse

import shtab

from kb.cli import COMMANDS, make_parser
from kb.cli.terminal import say
from kb.settings import Settings

SHELLS = ("bash", "zsh", "fish")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("shell", choices=SHELLS, help="shell that the script is for")


def run(arguments: argparse.Namespace, _: Settings) -> int:
    """Print the completion script for the requested shell."""
    say(shtab.complete(make_parser(COMMANDS), arguments.shell))
    return 0
