"""Where people are reached: by the phone they registered, unless they asked not to be."""

from niangjia.kernel.users import User
from niangjia.membership.models import Person


class Phonebook:
    """Implements `niangjia.kernel.messages.AddressBook`."""

    def address(self, user: User) -> str:
        person = Person.objects.filter(user=user).first()
        return person.phone if person else ""

    def allows(self, user: User | None, address: str, purpose: str) -> bool:
        return user is None or not Person.objects.filter(user=user, accepts_messages=False).exists()
