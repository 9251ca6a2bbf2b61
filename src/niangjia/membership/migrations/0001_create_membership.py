import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import niangjia.kernel.clock
import niangjia.kernel.fields.ordered


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_create_organisation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("address", models.BinaryField(blank=True, editable=True, null=True, verbose_name="住址")),
                ("created_at", models.DateTimeField(default=niangjia.kernel.clock.now, editable=False)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="households",
                        to="organisation.unionbody",
                        verbose_name="登记工会",
                    ),
                ),
            ],
            options={
                "verbose_name": "家庭",
                "verbose_name_plural": "家庭",
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", niangjia.kernel.fields.ordered.OrderedCharField(max_length=50, verbose_name="姓名")),
                (
                    "pinyin",
                    niangjia.kernel.fields.ordered.OrderedCharField(
                        editable=False, max_length=120, verbose_name="拼音"
                    ),
                ),
                (
                    "initials",
                    niangjia.kernel.fields.ordered.OrderedCharField(
                        editable=False, max_length=30, verbose_name="拼音首字母"
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        choices=[("male", "男"), ("female", "女")], max_length=6, verbose_name="性别"
                    ),
                ),
                ("born_on", models.DateField(verbose_name="出生日期")),
                (
                    "id_kind",
                    models.CharField(
                        choices=[
                            ("resident", "居民身份证"),
                            ("hmt_permit", "港澳台居民居住证"),
                            ("foreign_permit", "外国人永久居留身份证"),
                        ],
                        max_length=20,
                        verbose_name="证件类型",
                    ),
                ),
                ("id_number", models.BinaryField(editable=True, verbose_name="证件号码")),
                ("id_number_index", models.BinaryField(unique=True)),
                ("phone", models.BinaryField(blank=True, editable=True, null=True, verbose_name="手机号")),
                ("phone_index", models.BinaryField(db_index=True, null=True)),
                ("accepts_messages", models.BooleanField(default=True, verbose_name="接收进度短信")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="登记时间"
                    ),
                ),
                ("id_number_index_next", models.BinaryField(max_length=16, null=True, unique=True)),
                ("phone_index_next", models.BinaryField(db_index=True, max_length=16, null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="organisation.unionbody",
                        verbose_name="登记工会",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "人员",
                "verbose_name_plural": "人员",
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="会员编号")),
                ("joined_on", models.DateField(verbose_name="入会日期")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="离会日期")),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="organisation.employer",
                        verbose_name="工作单位",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="organisation.unionbody",
                        verbose_name="所属工会",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="membership.person",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "会员",
                "verbose_name_plural": "会员",
            },
        ),
        migrations.CreateModel(
            name="HouseholdMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("head", "户主"),
                            ("spouse", "配偶"),
                            ("child", "子女"),
                            ("parent", "父母"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="与户主关系",
                    ),
                ),
                ("from_on", models.DateField(default=niangjia.kernel.clock.today, verbose_name="起")),
                ("until_on", models.DateField(null=True, verbose_name="止")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="membership.household",
                        verbose_name="家庭",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="households",
                        to="membership.person",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "家庭成员",
                "verbose_name_plural": "家庭成员",
            },
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["name"], name="person_name"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["pinyin"], name="person_pinyin"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["initials"], name="person_initials"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_on", None)),
                fields=("person",),
                name="member_one_current_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_on", None), ("left_on__gte", models.F("joined_on")), _connector="OR"
                ),
                name="member_period_holds",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdmembership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on", None)),
                fields=("person",),
                name="household_one_current_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdmembership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_on", None), ("until_on__gte", models.F("from_on")), _connector="OR"
                ),
                name="household_period_holds",
            ),
        ),
    ]
