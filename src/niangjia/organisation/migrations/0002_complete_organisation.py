import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import niangjia.kernel.clock
from niangjia.kernel.tables import NewTables


class Migration(NewTables):
    initial = True

    dependencies = [
        ("kernel", "0002_complete_kernel"),
        ("organisation", "0001_create_organisation"),
    ]

    operations = [
        migrations.CreateModel(
            name="BuildingPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "stored",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("added_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
                ("voided_at", models.DateTimeField(null=True)),
                (
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="organisation.unionbuilding",
                        verbose_name="建会工作",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("licence", "营业执照"),
                            ("wish", "建会申请书"),
                            ("roster", "会员花名册"),
                            ("preparation", "筹备组名单"),
                            ("minutes", "会员大会纪要"),
                            ("election", "选举结果报告"),
                            ("rules", "工会制度"),
                            ("photo", "挂牌和场所照片"),
                            ("seal", "印章备案"),
                            ("opinion", "意见书及回执"),
                            ("other", "其他材料"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
            ],
            options={
                "verbose_name": "建会材料",
                "verbose_name_plural": "建会材料",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("building", "stored", "kind"),
                        name="building_paper_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AcceptanceTick",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="公开标识"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
                ("voided_at", models.DateTimeField(null=True)),
                (
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ticks",
                        to="organisation.unionbuilding",
                        verbose_name="建会工作",
                    ),
                ),
                ("item", models.CharField(max_length=60, verbose_name="验收项")),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.buildingpaper",
                        verbose_name="证明材料",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
            ],
            options={
                "verbose_name": "验收事项",
                "verbose_name_plural": "验收事项",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("building", "item"),
                        name="acceptance_item_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paper__isnull", False), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="acceptance_has_evidence",
                    ),
                ],
            },
        ),
    ]
