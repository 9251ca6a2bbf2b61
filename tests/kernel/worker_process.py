"""`python -m tests.kernel.worker_process …`: the real worker command, knowing the jobs of the tests too."""

import sys

import django
from django.core.management import CommandError, call_command

django.setup()

from tests.kernel import work  # noqa: E402, F401

try:
    call_command("worker", *sys.argv[1:])
except CommandError as error:
    sys.exit(str(error))
