import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import niangjia.kernel.clock
from niangjia.kernel.tables import NewTables


class Migration(NewTables):
    initial = True

    dependencies = [
        ("kernel", "0001_create_kernel"),
        ("membership", "0001_create_membership"),
        ("organisation", "0001_create_organisation"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unionbody",
                        verbose_name="承办工会",
                    ),
                ),
                (
                    "state_since",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="进入本状态时间"
                    ),
                ),
                ("due_on", models.DateField(editable=False, null=True, verbose_name="办理期限")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "number",
                    models.CharField(editable=False, max_length=60, unique=True, verbose_name="公示编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("on_notice", "公示中"),
                            ("stopped", "因异议停下"),
                            ("ended", "已期满"),
                            ("revoked", "已撤销"),
                        ],
                        default="on_notice",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="公示种类")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("basis", models.CharField(max_length=200, verbose_name="依据")),
                ("contact", models.CharField(max_length=40, verbose_name="异议电话")),
                ("from_on", models.DateField(default=niangjia.kernel.clock.today, verbose_name="公示起")),
                ("until_on", models.DateField(verbose_name="公示止")),
                ("ended_on", models.DateField(null=True, verbose_name="撤下日期")),
            ],
            options={
                "verbose_name": "公示",
                "verbose_name_plural": "公示",
                "indexes": [
                    models.Index(fields=["unit", "kind", "from_on"], name="notice_of_the_day"),
                    models.Index(fields=["state", "due_on"], name="notice_state_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["on_notice", "stopped", "ended", "revoked"])),
                        name="notice_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gt", models.F("from_on"))), name="notice_window_holds"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True),
                            ("ended_on__gt", models.F("until_on")),
                            _connector="OR",
                        ),
                        name="notice_ended_after_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "revoked"), _negated=True),
                            ("ended_on__isnull", False),
                            _connector="OR",
                        ),
                        name="notice_revoked_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="notices.publicnotice",
                        verbose_name="公示",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="序号")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_lines",
                        to="membership.person",
                        verbose_name="公示对象",
                    ),
                ),
                ("shown_name", models.CharField(max_length=50, verbose_name="公示的姓名")),
                ("shown_unit", models.CharField(max_length=200, verbose_name="公示的单位")),
                ("category", models.CharField(max_length=60, verbose_name="类别")),
                ("amount", models.BigIntegerField(null=True, verbose_name="金额")),
                ("workflow", models.CharField(editable=False, max_length=40)),
                ("object_id", models.BigIntegerField(editable=False)),
                ("case_id", models.UUIDField(editable=False)),
                ("case_number", models.CharField(editable=False, max_length=60, verbose_name="事项编号")),
                (
                    "listed_at",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="列入时间"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发布人",
                    ),
                ),
                (
                    "published_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代谁发布",
                    ),
                ),
                ("cleared_on", models.DateField(null=True, verbose_name="无异议日期")),
                ("removed_on", models.DateField(null=True, verbose_name="撤下日期")),
                (
                    "removal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("objection", "异议成立"),
                            ("consent", "本人撤回同意"),
                            ("taken_down", "经办人撤回"),
                        ],
                        max_length=12,
                        verbose_name="撤下原因",
                    ),
                ),
            ],
            options={
                "verbose_name": "公示名单",
                "verbose_name_plural": "公示名单",
                "ordering": ["notice", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "position"), name="notice_position_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("cleared_on", None), ("removed_on", None)),
                        fields=("workflow", "object_id"),
                        name="notice_one_running_per_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cleared_on", None), ("removed_on", None), _connector="OR"),
                        name="notice_line_ends_one_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removal", ""), ("removed_on", None)),
                            models.Q(("removed_on__isnull", False), models.Q(("removal", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="notice_removal_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unionbody",
                        verbose_name="承办工会",
                    ),
                ),
                (
                    "state_since",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="进入本状态时间"
                    ),
                ),
                ("due_on", models.DateField(editable=False, null=True, verbose_name="办理期限")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "number",
                    models.CharField(editable=False, max_length=30, unique=True, verbose_name="异议编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("lodged", "待受理异议"),
                            ("inquiry", "核实异议中"),
                            ("turned_away", "不予受理"),
                            ("upheld", "异议成立"),
                            ("dismissed", "异议不成立"),
                        ],
                        default="lodged",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "receipt",
                    models.CharField(editable=False, max_length=20, unique=True, verbose_name="回执号"),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="notices.publicnotice",
                        verbose_name="公示",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="notices.noticeline",
                        verbose_name="公示名单",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("online", "公示页"), ("desk", "上门、来电或来信")],
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("name", models.BinaryField(blank=True, editable=True, null=True, verbose_name="异议人姓名")),
                (
                    "phone",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="异议人电话"),
                ),
                ("reason", models.BinaryField(editable=True, verbose_name="异议理由")),
                (
                    "lodged_at",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="提出时间"
                    ),
                ),
                ("answered_on", models.DateField(null=True, verbose_name="答复日期")),
            ],
            options={
                "verbose_name": "异议",
                "verbose_name_plural": "异议",
                "indexes": [models.Index(fields=["notice", "state"], name="objection_of_notice")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["lodged", "inquiry", "turned_away", "upheld", "dismissed"])
                        ),
                        name="objection_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_on", None), ("state__in", ("lodged", "inquiry"))),
                            models.Q(
                                models.Q(("state__in", ("lodged", "inquiry")), _negated=True),
                                ("answered_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="objection_answered_has_day",
                    ),
                ],
            },
        ),
    ]
