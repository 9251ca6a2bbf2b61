"""Reads settings from the environment, secrets also from `*_FILE`; a wrong value stops with a sentence."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class WrongSetting(SystemExit):
    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(f"niangjia: {name}: {sentence}")


def text(name: str, default: str = "") -> str:
    """`NAME`, else the content of the file named by `NAME_FILE`, else the default."""
    if name in os.environ:
        return os.environ[name]
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise WrongSetting(f"{name}_FILE", f"{file} cannot be read: {error.strerror}") from None
    return default


def flag(name: str, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in {"0", "1", "true", "false", "yes", "no"}:
        raise WrongSetting(name, f"say 1 or 0, not {value!r}")
    return value in {"1", "true", "yes"}


def number(name: str, default: int = 0) -> int:
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise WrongSetting(name, f"say a whole number, not {value!r}")
    return int(value)


def choice(name: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words; the first is the default."""
    value = text(name, allowed[0]).lower()
    if value not in allowed:
        raise WrongSetting(name, f"say {' or '.join(allowed)}, not {value!r}")
    return value


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    path = Path(text(name, str(default))).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise WrongSetting(name, f"the folder {path} cannot be made: {error.strerror}") from None
    return path


SQLITE_PRAGMAS = {
    "journal_mode": "WAL",
    # A committed payment must survive a power cut; only seeding demo or bench data may say NORMAL.
    "synchronous": "FULL",
    "mmap_size": "268435456",
    "cache_size": "-32000",
    "temp_store": "MEMORY",
    "journal_size_limit": "67108864",
}


def database(name: str, default: str) -> dict[str, Any]:
    """`sqlite:///file` or `postgresql://user:password@host:port/name` as Django's settings."""
    value = text(name, default)
    url = urlsplit(value)
    if url.scheme == "sqlite":
        pragmas = SQLITE_PRAGMAS | dict(parse_qsl(url.query))
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.path)[1:] if url.path.startswith("//") else unquote(url.path),
            # Readers keep one connection; without it every request pays 2 ms to open the file again.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "".join(f"PRAGMA {key}={setting};" for key, setting in pragmas.items()),
            },
        }
    if url.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "niangjia.config.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            # Our statements join many tables and read few rows: compiling one takes longer than it saves.
            "OPTIONS": {"options": "-c jit=off"} | dict(parse_qsl(url.query)),
            "TEST": {"TEMPLATE": "template0", "CHARSET": "UTF8"},
        }
    raise WrongSetting(name, f"say sqlite:///… or postgresql://…, not {value!r}")
