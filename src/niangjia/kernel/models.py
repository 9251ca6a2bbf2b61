"""The kernel's tables, gathered for Django; each is described in its own module."""

from niangjia.kernel.fields.phases import IndexRotation
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.jobs.models import Job
from niangjia.kernel.messages.models import Message
from niangjia.kernel.once import Once
from niangjia.kernel.outbox import Delivery, Event
from niangjia.kernel.users import User

__all__ = ["Delivery", "Event", "IndexRotation", "Job", "Message", "Once", "StoredFile", "User"]
