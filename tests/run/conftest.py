"""`run` has no suffix and belongs to no package: it is loaded by its path, anew for each test."""

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def run() -> ModuleType:
    return load(ROOT / "run")


def load(path: Path) -> ModuleType:
    loader = SourceFileLoader(f"loaded_{path.stem}", str(path))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module
