"""Where people are reached: by the phone they registered, unless they asked not to be."""

from niangjia.kernel.users import User
from niangjia.membership.queries import person_behind


class Phonebook:
    """Implements `niangjia.kernel.messages.AddressBook`."""

    def address(self, user: User) -> str:
        person = person_behind(user.pk)
        return person.phone if person else ""

    def allows(self, user: User | None, address: str, purpose: str) -> bool:
        person = person_behind(user.pk) if user else None
        return person is None or person.accepts_messages
