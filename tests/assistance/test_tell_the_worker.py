"""The worker is told by text message that something moved, and never what it holds."""

import pytest

from niangjia.assistance.kinds import State
from niangjia.kernel.errors import NotAllowed
from niangjia.kernel.messages import Message
from niangjia.membership import actions
from niangjia.membership.models import Person
from tests.families import Path


@pytest.mark.parametrize(
    ("state", "template"),
    [
        (State.RETURNED, "hardship-to-correct"),
        (State.ON_NOTICE, "hardship-on-notice"),
        (State.DECLINED, "hardship-declined"),
        (State.FILED, "hardship-filed"),
    ],
)
def test_each_turn_is_told(path: Path, state: str, template: str) -> None:
    file = path.to(state)
    message = Message.objects.get(template=template)
    assert message.to == path.worker.user
    assert message.address == file.person.phone
    assert file.number in message.body
    for private in (
        file.statement,
        str(file.yearly_income_amount),
        file.get_cause_display(),
        file.person.name,
    ):
        assert private not in message.body


def test_whoever_declined_messages_gets_none(path: Path) -> None:
    person = Person.objects.get(user=path.worker.user)
    actions.choose_messages(person, actor=path.worker, accepts=False)
    path.to(State.FILED)
    assert set(Message.objects.values_list("state", flat=True)) == {"withheld"}


def test_nobody_chooses_for_somebody_else(path: Path) -> None:
    person = Person.objects.get(user=path.worker.user)
    with pytest.raises(NotAllowed, match="本人"):
        actions.choose_messages(person, actor=path.reviewer, accepts=False)
