"""Serves the city named by the environment as the product does, with one worker and one thread: `_server.py PORT`."""

import os
import signal
import sys

from niangjia.config.processes import die_with_parent
from niangjia.config.serve import serve

if __name__ == "__main__":
    die_with_parent(os.getppid())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve("127.0.0.1", int(sys.argv[1]), workers=1, threads=1)
