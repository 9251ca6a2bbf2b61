"""A table that only the tests of the kernel have, with every kind of column the kernel offers."""

from django.db import connection, models

from niangjia.kernel.fields import BlindIndexField, EncryptedTextField, SealedModel
from niangjia.kernel.money import MoneyField


def digits(text: str) -> str:
    return text.replace(" ", "").upper()


class Specimen(SealedModel):
    name = models.CharField(max_length=30)
    id_number = EncryptedTextField("证件号码", max_length=18)
    id_number_index = BlindIndexField(of="id_number", normalise=digits, unique=True)
    phone = EncryptedTextField("手机号", blank=True)
    phone_index = BlindIndexField(of="phone", null=True, db_index=True)

    class Meta:
        app_label = "specimens"

    def __str__(self) -> str:
        return self.name


class Purse(models.Model):
    amount = MoneyField("余额")
    spent = MoneyField("已用", default=0)

    class Meta:
        app_label = "specimens"

    def __str__(self) -> str:
        return str(self.amount)


TABLES: list[type[models.Model]] = [Specimen, Purse]


def make_tables() -> None:
    known = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for model in TABLES:
            if model._meta.db_table in known:
                editor.delete_model(model)
            editor.create_model(model)


def drop_tables() -> None:
    with connection.schema_editor() as editor:
        for model in TABLES:
            editor.delete_model(model)
