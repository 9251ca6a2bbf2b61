"""The longest story of a city: a file that went to and fro for years, and what that left behind."""

from niangjia.assistance.kinds import PaperKind
from niangjia.assistance.models import Attachment, EconomicCheck, HardshipFile, HomeVisit
from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.models import StoredFile, User

# All that happened in the file, the three steps that led to the desk included.
EVENTS = 200
ACTIONS = ("add_visit", "attach", "record_check", "return_to_check")
REMARK = "住房简陋，收入属实，家中有长期病人需要照料；存款一项与上次核对有出入，请再核一次。"


def tell(file: HardshipFile, clerk: User) -> None:
    for number in range(EVENTS - 3):
        action = ACTIONS[number % len(ACTIONS)]
        remark = REMARK if action == "return_to_check" else ""
        audit.append([audit.Link(file, action, {"number": number}, remark=remark)], actor=Actor.of(clerk))
        if action == "add_visit":
            HomeVisit.objects.create(
                file=file, visited_on=file.applied_on, companion="程远舟", household_size=3,
                yearly_income_amount=18_000 + number, findings=REMARK, recorded_by=clerk,
            )  # fmt: skip
        elif action == "record_check":
            EconomicCheck.objects.create(
                file=file, checked_on=file.applied_on, yearly_income_amount=18_000 + number, deposits_amount=2600,
                investments_amount=0, homes=1, has_car=False, has_business=False, receives_relief=False,
                recorded_by=clerk,
            )  # fmt: skip
        elif action == "attach":
            add_paper(file, PaperKind.INCOME, f"{number}", clerk)


def add_paper(file: HardshipFile, kind: PaperKind, address: str, clerk: User) -> None:
    stored = StoredFile.objects.create(
        unit_id=file.unit_id, address=address.rjust(64, "0"), name=f"{kind.value}.jpg", media_type="image/jpeg",
        size=120_000, uploaded_by=clerk,
    )  # fmt: skip
    Attachment.objects.create(file=file, stored=stored, kind=kind, added_by=clerk)
