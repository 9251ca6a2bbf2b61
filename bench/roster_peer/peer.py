"""django-import-export on the roster: dry run, then import; prints the seconds. `row by row` is how it comes.

It reads the same workbook and makes the same two rows a line through the same models, with the same checks of number,
phone, union, employer and words; no audit trail, no number without gaps, no duplicates told apart.
"""

import logging
import sys
import time
from pathlib import Path

import django

django.setup()
logging.disable(logging.INFO)

from django.db import transaction  # noqa: E402
from import_export import fields, resources  # noqa: E402
from import_export.widgets import DateWidget, ForeignKeyWidget, Widget  # noqa: E402
from tablib import Dataset  # noqa: E402

from niangjia.kernel import numbering  # noqa: E402
from niangjia.membership import identity, names  # noqa: E402
from niangjia.membership.ethnicity import Ethnicity  # noqa: E402
from niangjia.membership.kinds import Education, Employment, SkillLevel  # noqa: E402
from niangjia.membership.models import Member, Person  # noqa: E402
from niangjia.organisation.models import Employer, UnionBody  # noqa: E402
from niangjia.organisation.phones import check_phone  # noqa: E402


class Word(Widget):
    def __init__(self, choices: object) -> None:
        self.codes = {str(label): value for value, label in choices.choices}  # type: ignore[attr-defined]

    def clean(self, value: object, row: object = None, **_more: object) -> object:
        return self.codes[value] if value else ""


class Phone(Widget):
    def clean(self, value: object, row: object = None, **_more: object) -> object:
        return check_phone(str(value))


class YesNo(Widget):
    def clean(self, value: object, row: object = None, **_more: object) -> object:
        return value == "是"


class People(resources.ModelResource):
    name = fields.Field("name", "姓名*")
    id_number = fields.Field("id_number", "证件号码*")
    phone = fields.Field("phone", "手机号", widget=Phone())
    email = fields.Field("email", "电子邮箱")
    ethnicity = fields.Field("ethnicity", "民族", widget=Word(Ethnicity))
    education = fields.Field("education", "文化程度", widget=Word(Education))
    skill_level = fields.Field("skill_level", "技术等级", widget=Word(SkillLevel))
    unit = fields.Field("unit", "所属工会", widget=ForeignKeyWidget(UnionBody, "number"))

    class Meta:
        model = Person
        fields = ("name", "id_number", "phone", "email", "ethnicity", "education", "skill_level", "unit")
        import_id_fields = ()
        use_transactions = True

    def before_save_instance(self, instance: Person, row: object, **_more: object) -> None:
        number = identity.parse(str(instance.id_number))
        instance.id_number = number.number
        instance.sex, instance.born_on, instance.id_kind = number.sex, number.born_on, number.kind
        instance.pinyin, instance.initials = names.readings(instance.name)


class Members(resources.ModelResource):
    person = fields.Field("person", "证件号码*")
    unit = fields.Field("unit", "所属工会", widget=ForeignKeyWidget(UnionBody, "number"))
    employer = fields.Field("employer", "统一社会信用代码", widget=ForeignKeyWidget(Employer, "uscc"))
    occupation = fields.Field("occupation", "工种或职务")
    employment = fields.Field("employment", "用工形式", widget=Word(Employment))
    is_migrant = fields.Field("is_migrant", "农民工", widget=YesNo())
    joined_on = fields.Field("joined_on", "入会日期*", widget=DateWidget("%Y-%m-%d"))

    class Meta:
        model = Member
        fields = ("person", "unit", "employer", "occupation", "employment", "is_migrant", "joined_on")
        import_id_fields = ()
        use_transactions = True

    def before_import(self, dataset: Dataset, **_more: object) -> None:
        self.people = {str(one.id_number): one for one in Person.objects.only("id_number", "public_id")}

    def import_field(
        self, field: fields.Field, instance: Member, row: dict, *given: object, **more: object
    ) -> None:
        if field.attribute == "person":
            instance.person = self.people[row["证件号码*"]]
        else:
            super().import_field(field, instance, row, *given, **more)

    def before_save_instance(self, instance: Member, row: object, **_more: object) -> None:
        instance.number = f"HY{numbering.draw('member')[0]:09d}"


def main(file: str, way: str) -> None:
    for resource in (People, Members):
        resource._meta.use_bulk = resource._meta.skip_diff = way == "in bulk"
        resource._meta.batch_size = 1000
    dataset = Dataset().load(Path(file).read_bytes(), format="xlsx")
    started = time.perf_counter()
    Dataset().load(Path(file).read_bytes(), format="xlsx")
    for dry_run in (True, False):
        with transaction.atomic():
            People().import_data(dataset, dry_run=False, raise_errors=True)
            Members().import_data(dataset, dry_run=False, raise_errors=True)
            if dry_run:
                transaction.set_rollback(True)
    print(time.perf_counter() - started)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
