"""Who is reached where, and who does not want to be: the membership knows, the kernel asks."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from niangjia.kernel.users import User


class AddressBook(Protocol):
    def address(self, user: "User") -> str:
        """The phone number of a user; "" when there is none."""

    def allows(self, user: "User | None", address: str, purpose: str) -> bool:
        """Whether this person has not opted out of messages for the purpose."""


class _EmptyBook:
    """Until a domain registers one: addresses must be given, nobody has opted out."""

    def address(self, user: "User") -> str:
        return ""

    def allows(self, user: "User | None", address: str, purpose: str) -> bool:
        return True


_book: AddressBook = _EmptyBook()


def register_address_book(book: AddressBook) -> None:
    global _book
    _book = book


def address_book() -> AddressBook:
    return _book
