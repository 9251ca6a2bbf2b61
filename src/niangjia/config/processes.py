"""Processes that start and end in good order; on Linux none outlives its parent, even after kill -9."""

import ctypes
import os
import signal
import socket
import sys
from ipaddress import ip_address

PR_SET_PDEATHSIG = 1

# Looked up before any fork: between fork and exec nothing may be imported.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(parent: int) -> None:
    """Ask the kernel for SIGTERM when the parent is gone, however it went. Called in the child."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def refuse_taken_port(host: str, port: int) -> None:
    """Stop with a sentence if something listens there; the server itself would share the port in silence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            raise SystemExit(
                f"niangjia: port {port} on {host} cannot be had ({error.strerror}). "
                "Perhaps Niangjia runs already; else choose another with --port."
            ) from None
