"""The kernel's tables, gathered for Django; each is described in its own module."""

from niangjia.kernel.users import User

__all__ = ["User"]
