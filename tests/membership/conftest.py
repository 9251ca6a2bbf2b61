from tests.cast import tree

__all__ = ["tree"]
