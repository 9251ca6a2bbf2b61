"""Messages to people: a template, an address, a row that says it was sent, an adapter that carries it.

`send` writes the row in the caller's transaction; a job delivers it. A body never holds an amount, an illness
or a reason: phones lie on tables. Templates can only name the harmless values in `templates.FIELDS`.
"""

from niangjia.kernel.messages import housekeeping
from niangjia.kernel.messages.adapters import Adapter, Outgoing, Rejected, register_adapter
from niangjia.kernel.messages.addresses import AddressBook, register_address_book
from niangjia.kernel.messages.models import Message
from niangjia.kernel.messages.sending import send
from niangjia.kernel.messages.templates import MessageTemplate

__all__ = [
    "Adapter",
    "AddressBook",
    "Message",
    "MessageTemplate",
    "Outgoing",
    "Rejected",
    "housekeeping",
    "register_adapter",
    "register_address_book",
    "send",
]
