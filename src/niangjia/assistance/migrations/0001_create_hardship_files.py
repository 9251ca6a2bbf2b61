import uuid

from django.db import migrations, models

import niangjia.kernel.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("added_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
                ("voided_at", models.DateTimeField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("identity", "身份证件"),
                            ("register", "户口簿"),
                            ("income", "收入证明"),
                            ("medical", "病情与医疗费"),
                            ("school", "就学证明"),
                            ("visit", "入户照片"),
                            ("other", "其他材料"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
            ],
            options={
                "verbose_name": "附件",
                "verbose_name_plural": "附件",
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HardshipFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                    models.CharField(editable=False, max_length=30, unique=True, verbose_name="档案编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "待初审"),
                            ("returned", "待补正"),
                            ("reviewed", "待核查"),
                            ("visited", "待公示"),
                            ("on_notice", "公示中"),
                            ("cleared", "待审批"),
                            ("approved", "待归档"),
                            ("filed", "已建档"),
                            ("declined", "未通过"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="applied",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("illness", "患病"),
                            ("disability", "残疾"),
                            ("schooling", "子女就学"),
                            ("unemployment", "下岗失业"),
                            ("accident", "意外事故"),
                            ("disaster", "自然灾害"),
                            ("single_parent", "单亲抚养"),
                            ("low_income", "收入偏低"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="主要致困原因",
                    ),
                ),
                ("household_size", models.PositiveSmallIntegerField(verbose_name="共同生活人数")),
                ("yearly_income_amount", models.BigIntegerField(verbose_name="家庭年收入")),
                ("rigid_spending_amount", models.BigIntegerField(verbose_name="年刚性支出")),
                ("statement", models.BinaryField(editable=True, verbose_name="困难情况")),
                (
                    "consents_to_check",
                    models.BooleanField(default=False, verbose_name="授权核对家庭经济状况"),
                ),
                ("consents_to_notice", models.BooleanField(default=False, verbose_name="同意公示")),
                (
                    "shares_health_with_unit",
                    models.BooleanField(default=False, verbose_name="同意本单位工会查看病情材料"),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[("deep", "深度困难"), ("relative", "相对困难"), ("accident", "意外致困")],
                        max_length=20,
                        verbose_name="困难类别",
                    ),
                ),
                (
                    "applied_on",
                    models.DateField(default=niangjia.kernel.clock.today, verbose_name="申请日期"),
                ),
                ("notice_from", models.DateField(null=True, verbose_name="公示起")),
                ("notice_until", models.DateField(null=True, verbose_name="公示止")),
                ("approved_on", models.DateField(null=True, verbose_name="审批日期")),
                ("filed_on", models.DateField(null=True, verbose_name="建档日期")),
                ("shelf_mark", models.CharField(blank=True, max_length=40, verbose_name="档案盒号")),
            ],
            options={
                "verbose_name": "困难职工档案",
                "verbose_name_plural": "困难职工档案",
            },
        ),
        migrations.CreateModel(
            name="HomeVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("visited_on", models.DateField(verbose_name="入户日期")),
                ("companion", models.CharField(max_length=50, verbose_name="同行人")),
                ("household_size", models.PositiveSmallIntegerField(verbose_name="核实人数")),
                ("yearly_income_amount", models.BigIntegerField(verbose_name="核实年收入")),
                ("findings", models.BinaryField(editable=True, verbose_name="核查情况")),
                ("recorded_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
            ],
            options={
                "verbose_name": "入户核查",
                "verbose_name_plural": "入户核查",
                "ordering": ["pk"],
            },
        ),
    ]
