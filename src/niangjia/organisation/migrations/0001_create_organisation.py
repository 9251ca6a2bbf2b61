import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import niangjia.kernel.clock
import niangjia.kernel.fields.ordered
import niangjia.organisation.paths


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12, verbose_name="区划代码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("nation", "国家"),
                            ("province", "省级"),
                            ("city", "地级"),
                            ("county", "县级"),
                            ("town", "乡级"),
                        ],
                        max_length=10,
                        verbose_name="层级",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                ("is_invented", models.BooleanField(default=False, verbose_name="虚构")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="organisation.region",
                        verbose_name="上级区划",
                    ),
                ),
                (
                    "succeeded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="organisation.region",
                        verbose_name="后继区划",
                    ),
                ),
            ],
            options={
                "verbose_name": "行政区划",
                "verbose_name_plural": "行政区划",
                "ordering": ["code", "valid_from"],
            },
        ),
        migrations.CreateModel(
            name="ParameterValue",
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
                ("name", models.CharField(max_length=60, verbose_name="参数")),
                ("value", models.JSONField(verbose_name="数值")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("law", "法律法规"),
                            ("document", "工会或财政文件"),
                            ("practice", "各地做法"),
                            ("general", "通行常识，待核实"),
                            ("decision", "本级决定"),
                        ],
                        max_length=10,
                        verbose_name="依据类别",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parameter_values",
                        to="organisation.region",
                        verbose_name="适用区划",
                    ),
                ),
            ],
            options={
                "verbose_name": "参数",
                "verbose_name_plural": "参数",
                "ordering": ["name", "valid_from", "id"],
            },
        ),
        migrations.CreateModel(
            name="UnionBody",
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
                    "name",
                    niangjia.kernel.fields.ordered.OrderedCharField(max_length=100, verbose_name="名称"),
                ),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="编号")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("national_federation", "全国总工会"),
                            ("provincial_federation", "省级总工会"),
                            ("city_federation", "市总工会"),
                            ("county_federation", "区县总工会"),
                            ("town_federation", "乡镇街道总工会"),
                            ("industry_union", "产业工会"),
                            ("park_union", "园区工会"),
                            ("community_union", "村社区工会"),
                            ("grassroots_union", "基层工会"),
                            ("joint_union", "联合工会"),
                            ("market_union", "市场工会"),
                            ("shopping_street_union", "一条街工会"),
                            ("compound_union", "楼区工会"),
                            ("project_union", "项目工会"),
                            ("sector_union", "行业工会"),
                            ("union_group", "工会小组"),
                        ],
                        max_length=30,
                        verbose_name="类型",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("nation", "全国"),
                            ("province", "省级"),
                            ("city", "市级"),
                            ("county", "区县级"),
                            ("town", "乡镇街道级"),
                            ("grassroots", "基层"),
                        ],
                        max_length=12,
                        verbose_name="层级",
                    ),
                ),
                (
                    "path",
                    niangjia.organisation.paths.PathField(editable=False, max_length=64, verbose_name="位置"),
                ),
                ("founded_on", models.DateField(verbose_name="成立日期")),
                ("dissolved_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                (
                    "member_count",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="会员数"),
                ),
                (
                    "industry_parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="industry_children",
                        to="organisation.unionbody",
                        verbose_name="产业上级工会",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="organisation.unionbody",
                        verbose_name="上级工会",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unions",
                        to="organisation.region",
                        verbose_name="所在区划",
                    ),
                ),
            ],
            options={
                "verbose_name": "工会组织",
                "verbose_name_plural": "工会组织",
                "ordering": ["path"],
            },
        ),
        migrations.CreateModel(
            name="Post",
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
                ("duty", models.CharField(max_length=60, verbose_name="岗位职责")),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                ("from_on", models.DateField(default=niangjia.kernel.clock.today, verbose_name="任职起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="任职止")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="提前终止时间"),
                ),
                (
                    "appointed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="任命人",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="organisation.unionbody",
                        verbose_name="任职工会",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "verbose_name_plural": "任职",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Employer",
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
                    "name",
                    niangjia.kernel.fields.ordered.OrderedCharField(max_length=120, verbose_name="单位名称"),
                ),
                ("uscc", models.CharField(max_length=18, unique=True, verbose_name="统一社会信用代码")),
                (
                    "industry",
                    models.CharField(
                        choices=[
                            ("A", "农、林、牧、渔业"),
                            ("B", "采矿业"),
                            ("C", "制造业"),
                            ("D", "电力、热力、燃气及水生产和供应业"),
                            ("E", "建筑业"),
                            ("F", "批发和零售业"),
                            ("G", "交通运输、仓储和邮政业"),
                            ("H", "住宿和餐饮业"),
                            ("I", "信息传输、软件和信息技术服务业"),
                            ("J", "金融业"),
                            ("K", "房地产业"),
                            ("L", "租赁和商务服务业"),
                            ("M", "科学研究和技术服务业"),
                            ("N", "水利、环境和公共设施管理业"),
                            ("O", "居民服务、修理和其他服务业"),
                            ("P", "教育"),
                            ("Q", "卫生和社会工作"),
                            ("R", "文化、体育和娱乐业"),
                            ("S", "公共管理、社会保障和社会组织"),
                            ("T", "国际组织"),
                        ],
                        max_length=1,
                        verbose_name="行业",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("110", "国有企业"),
                            ("120", "集体企业"),
                            ("130", "股份合作企业"),
                            ("140", "联营企业"),
                            ("151", "国有独资公司"),
                            ("159", "其他有限责任公司"),
                            ("161", "国有控股股份有限公司"),
                            ("169", "其他股份有限公司"),
                            ("170", "私营企业"),
                            ("190", "其他内资企业"),
                            ("200", "港澳台商投资企业"),
                            ("300", "外商投资企业"),
                            ("400", "事业单位"),
                            ("500", "机关"),
                            ("600", "个体经济组织"),
                            ("700", "民办非企业单位"),
                        ],
                        max_length=3,
                        verbose_name="单位性质",
                    ),
                ),
                ("staff_count", models.PositiveIntegerField(default=0, verbose_name="职工人数")),
                ("is_operating", models.BooleanField(default=True, verbose_name="正常经营")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employers",
                        to="organisation.region",
                        verbose_name="所在区划",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employers",
                        to="organisation.unionbody",
                        verbose_name="所建工会",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employers_kept",
                        to="organisation.unionbody",
                        verbose_name="归口工会",
                    ),
                ),
            ],
            options={
                "verbose_name": "用人单位",
                "verbose_name_plural": "用人单位",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Delegation",
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
                ("from_on", models.DateField(default=niangjia.kernel.clock.today, verbose_name="代办起")),
                ("until_on", models.DateField(verbose_name="代办止")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="提前终止时间"),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="事由")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="设定人",
                    ),
                ),
                (
                    "delegate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代办人",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="organisation.post",
                        verbose_name="任职",
                    ),
                ),
            ],
            options={
                "verbose_name": "代办",
                "verbose_name_plural": "代办",
                "ordering": ["-from_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("post", "delegate", "from_on"),
                        name="delegation_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="delegation_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.UniqueConstraint(fields=("code", "valid_from"), name="region_code_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_from__isnull", True)),
                fields=("code",),
                name="region_one_earliest_per_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("code",),
                name="region_one_current_per_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_invented", models.Q(("code__startswith", "99")))),
                name="region_invented_has_own_prefix",
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="region_period_holds",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="parametervalue",
            constraint=models.UniqueConstraint(
                fields=("name", "region", "valid_from"), name="parameter_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="parametervalue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("region__isnull", True)),
                fields=("name", "valid_from"),
                name="parameter_once_a_day_everywhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="parametervalue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("name", "region"),
                name="parameter_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="parametervalue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("region__isnull", True), ("valid_to__isnull", True)),
                fields=("name",),
                name="parameter_one_open_everywhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="parametervalue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="parameter_period_holds",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ),
        migrations.AddIndex(
            model_name="unionbody",
            index=models.Index(fields=["name"], name="union_name"),
        ),
        migrations.AddConstraint(
            model_name="unionbody",
            constraint=models.UniqueConstraint(fields=("path",), name="union_path_once"),
        ),
        migrations.AddConstraint(
            model_name="unionbody",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("parent__isnull", True), ("path", "0000")),
                    models.Q(("parent__isnull", False), models.Q(("path", "0000"), _negated=True)),
                    _connector="OR",
                ),
                name="union_one_root",
            ),
        ),
        migrations.AddConstraint(
            model_name="unionbody",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dissolved_on__isnull", True),
                    ("dissolved_on__gte", models.F("founded_on")),
                    _connector="OR",
                ),
                name="union_period_holds",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["duty", "unit"], name="post_by_duty"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("user", "unit", "duty", "from_on"),
                name="post_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("until_on__isnull", True)),
                fields=("user", "unit", "duty"),
                name="post_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"
                ),
                name="post_period_holds",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ),
        migrations.AddIndex(
            model_name="employer",
            index=models.Index(fields=["name"], name="employer_name"),
        ),
    ]
