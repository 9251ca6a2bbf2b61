"""The `niangjia` command: a few words of our own, and every other one is a Django management command."""

import os
import sys
from importlib import import_module

from niangjia import __version__

# Imported only when called: a policy answers without waiting for Django.
WORDS = {
    "docs": "niangjia.config.prepare:docs",
    "policy": "niangjia.policy.command:main",
    "prepare": "niangjia.config.prepare:main",
    "serve": "niangjia.config.serve:main",
    "start": "niangjia.config.start:main",
}


def main() -> None:
    """`niangjia WORD …`; what a word returns is the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")
    arguments = sys.argv[1:]
    if arguments[:1] == ["--version"]:
        print(f"niangjia {__version__}")
        return
    if arguments and arguments[0] in WORDS:
        module, function = WORDS[arguments[0]].split(":")
        sys.exit(getattr(import_module(module), function)(arguments[1:]))
    from django.core.management import execute_from_command_line

    execute_from_command_line(["niangjia", *arguments])
