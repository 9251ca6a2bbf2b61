import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import niangjia.kernel.clock
import niangjia.kernel.fields.ordered
import niangjia.organisation.paths
from niangjia.kernel.tables import NewTables


class Migration(NewTables):
    initial = True

    dependencies = [
        ("kernel", "0001_create_kernel"),
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
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
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
                ("is_invented", models.BooleanField(default=False, verbose_name="虚构")),
            ],
            options={
                "verbose_name": "行政区划",
                "verbose_name_plural": "行政区划",
                "ordering": ["code", "valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="region_code_once_a_day"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_from__isnull", True)),
                        fields=("code",),
                        name="region_one_earliest_per_code",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("code",),
                        name="region_one_current_per_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_invented", models.Q(("code__startswith", "99")))),
                        name="region_invented_has_own_prefix",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="region_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                ],
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
                            ("grassroots_union", "单独基层工会"),
                            ("joint_union", "联合基层工会"),
                            ("market_union", "市场工会"),
                            ("shopping_street_union", "一条街工会"),
                            ("compound_union", "楼区工会"),
                            ("project_union", "项目工会"),
                            ("sector_union", "行业工会"),
                            ("building_union", "楼宇工会"),
                            ("sector_federation", "行业工会联合会"),
                            ("area_federation", "区域工会联合会"),
                            ("branch_union", "分工会"),
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
                    "path",
                    niangjia.organisation.paths.PathField(editable=False, max_length=64, verbose_name="位置"),
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
                ("founded_on", models.DateField(verbose_name="成立日期")),
                ("dissolved_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
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
                ("document_mark", models.CharField(blank=True, max_length=10, verbose_name="发文代字")),
                (
                    "member_count",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="会员数"),
                ),
            ],
            options={
                "verbose_name": "工会组织",
                "verbose_name_plural": "工会组织",
                "ordering": ["path"],
                "indexes": [models.Index(fields=["name"], name="union_name")],
                "constraints": [
                    models.UniqueConstraint(fields=("path",), name="union_path_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("parent__isnull", True), ("path", "0000")),
                            models.Q(("parent__isnull", False), models.Q(("path", "0000"), _negated=True)),
                            _connector="OR",
                        ),
                        name="union_one_root",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dissolved_on__isnull", True),
                            ("dissolved_on__gte", models.F("founded_on")),
                            _connector="OR",
                        ),
                        name="union_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                ],
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
            ],
            options={
                "verbose_name": "参数",
                "verbose_name_plural": "参数",
                "ordering": ["name", "valid_from", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "region", "valid_from"), name="parameter_once_a_day"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("region__isnull", True)),
                        fields=("name", "valid_from"),
                        name="parameter_once_a_day_everywhere",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("name", "region"),
                        name="parameter_one_open",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("region__isnull", True), ("valid_to__isnull", True)),
                        fields=("name",),
                        name="parameter_one_open_everywhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="parameter_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                ],
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
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "name",
                    niangjia.kernel.fields.ordered.OrderedCharField(max_length=120, verbose_name="单位名称"),
                ),
                ("uscc", models.CharField(max_length=18, unique=True, verbose_name="统一社会信用代码")),
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employers_kept",
                        to="organisation.unionbody",
                        verbose_name="归口工会",
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
                (
                    "known_on",
                    models.DateField(
                        default=niangjia.kernel.clock.today, editable=False, verbose_name="掌握日期"
                    ),
                ),
                ("is_operating", models.BooleanField(default=True, verbose_name="正常经营")),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="开业日期")),
                ("head", models.CharField(blank=True, default="", max_length=50, verbose_name="负责人")),
                ("contact", models.CharField(blank=True, default="", max_length=50, verbose_name="联系人")),
                (
                    "contact_phone",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="联系电话"),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="organisation.employer",
                        verbose_name="承继单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "用人单位",
                "verbose_name_plural": "用人单位",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["name"], name="employer_name")],
            },
        ),
        migrations.CreateModel(
            name="UnionBuilding",
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
                ("number", models.CharField(editable=False, max_length=30, unique=True, verbose_name="编号")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("lead", "待走访"),
                            ("met", "待核实"),
                            ("urged", "已发意见书"),
                            ("verified", "待批筹备"),
                            ("preparing", "筹备中"),
                            ("elected", "待批复"),
                            ("contested", "异议处理中"),
                            ("ratified", "待验收"),
                            ("founded", "已建会"),
                            ("put_off", "暂缓"),
                            ("given_up", "已放弃"),
                            ("absorbed", "已并入"),
                        ],
                        default="lead",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("blank_spot", "空白点名单"),
                            ("employer", "单位申请"),
                            ("worker", "职工线索"),
                            ("joint", "多家单位联合"),
                            ("visit", "走访发现"),
                        ],
                        max_length=20,
                        verbose_name="线索来源",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("grassroots_union", "单独基层工会"),
                            ("joint_union", "联合基层工会"),
                            ("market_union", "市场工会"),
                            ("shopping_street_union", "一条街工会"),
                            ("compound_union", "楼区工会"),
                            ("building_union", "楼宇工会"),
                            ("project_union", "项目工会"),
                            ("sector_union", "行业工会"),
                            ("community_union", "村社区工会"),
                        ],
                        max_length=30,
                        verbose_name="拟建类型",
                    ),
                ),
                (
                    "name",
                    niangjia.kernel.fields.ordered.OrderedCharField(
                        max_length=100, verbose_name="单位或地点"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                (
                    "message",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="线索内容"),
                ),
                (
                    "contact",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="反映人联系方式"),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="union_hints",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="反映人",
                    ),
                ),
                ("begun_on", models.DateField(default=niangjia.kernel.clock.today, verbose_name="立项日期")),
                ("last_contact_on", models.DateField(null=True, verbose_name="最近联系")),
                ("operating_since", models.DateField(null=True, verbose_name="开业日期")),
                (
                    "willingness",
                    models.CharField(
                        blank=True,
                        choices=[("willing", "愿意建会"), ("hesitant", "犹豫"), ("unwilling", "不愿意")],
                        max_length=20,
                        verbose_name="意愿",
                    ),
                ),
                ("staff_count", models.PositiveIntegerField(null=True, verbose_name="职工人数")),
                ("women_count", models.PositiveIntegerField(null=True, verbose_name="女职工人数")),
                ("helped_from", models.DateField(null=True, verbose_name="上级工会开始指导")),
                ("opinion_number", models.CharField(blank=True, max_length=40, verbose_name="意见书字号")),
                ("prepared_on", models.DateField(null=True, verbose_name="筹备组成立")),
                ("put_off_until", models.DateField(null=True, verbose_name="暂缓至")),
                (
                    "given_up_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("closed", "停业、注销或迁走"),
                            ("too_small", "人数太少，不具备条件"),
                            ("has_union", "已有工会"),
                            ("untrue", "线索不实或找不到单位"),
                            ("unwilling", "多次动员仍不愿意"),
                        ],
                        max_length=20,
                        verbose_name="放弃原因",
                    ),
                ),
                (
                    "absorbed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="organisation.unionbuilding",
                        verbose_name="并入",
                    ),
                ),
                ("approval_number", models.CharField(blank=True, max_length=40, verbose_name="批复字号")),
                ("approved_on", models.DateField(null=True, verbose_name="批复日期")),
                (
                    "union",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="building",
                        to="organisation.unionbody",
                        verbose_name="所建工会",
                    ),
                ),
                ("founded_on", models.DateField(null=True, verbose_name="建会日期")),
            ],
            options={
                "verbose_name": "建会工作",
                "verbose_name_plural": "建会工作",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="building_state_due"),
                    models.Index(fields=["unit", "state"], name="building_unit_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "lead",
                                    "met",
                                    "urged",
                                    "verified",
                                    "preparing",
                                    "elected",
                                    "contested",
                                    "ratified",
                                    "founded",
                                    "put_off",
                                    "given_up",
                                    "absorbed",
                                ],
                            )
                        ),
                        name="building_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("preparing", "elected", "contested", "ratified", "founded")),
                                _negated=True,
                            ),
                            ("prepared_on__isnull", False),
                            _connector="OR",
                        ),
                        name="building_prepared_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("ratified", "founded")), _negated=True),
                            models.Q(
                                ("approved_on__isnull", False),
                                models.Q(("approval_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="building_approved_has_day_and_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("founded_on__isnull", False), ("state", "founded"), ("union__isnull", False)
                            ),
                            models.Q(models.Q(("state", "founded"), _negated=True), ("union__isnull", True)),
                            _connector="OR",
                        ),
                        name="building_founded_has_union",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "put_off"), _negated=True),
                            ("put_off_until__isnull", False),
                            _connector="OR",
                        ),
                        name="building_put_off_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "given_up"), _negated=True),
                            models.Q(("given_up_for", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="building_given_up_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "absorbed"), _negated=True),
                            ("absorbed_by__isnull", False),
                            _connector="OR",
                        ),
                        name="building_absorbed_has_target",
                    ),
                    models.UniqueConstraint(fields=("union",), name="building_one_per_union"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BlankSpotRelease",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blank_spot_releases",
                        to="organisation.unionbody",
                        verbose_name="发布工会",
                    ),
                ),
                ("month", models.DateField(help_text="the first day of the month", verbose_name="月份")),
                (
                    "released_at",
                    models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="发布时间"),
                ),
            ],
            options={
                "verbose_name": "空白点名单",
                "verbose_name_plural": "空白点名单",
                "ordering": ["-month", "unit"],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "month"), name="blank_spots_once_a_month")
                ],
            },
        ),
        migrations.CreateModel(
            name="Committee",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="committees",
                        to="organisation.unionbody",
                        verbose_name="所属工会",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("union_committee", "工会委员会"),
                            ("audit_committee", "经费审查委员会"),
                            ("women_committee", "女职工委员会"),
                            ("mediation", "劳动争议调解委员会"),
                            ("protection", "劳动保护监督检查委员会"),
                            ("bargaining", "集体协商领导小组"),
                            ("member_congress", "会员代表大会"),
                            ("staff_congress", "职工代表大会"),
                            ("union_group", "工会小组"),
                        ],
                        max_length=20,
                        verbose_name="机构",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="名称")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="届次")),
                ("from_on", models.DateField(verbose_name="任期起")),
                ("until_on", models.DateField(verbose_name="任期届满")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
            ],
            options={
                "verbose_name": "委员会",
                "verbose_name_plural": "委员会",
                "ordering": ["until_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=["until_on", "id"],
                        name="committee_by_term",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("unit", "kind", "name"),
                        name="committee_one_in_office",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="committee_term_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="committee_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServicePoint",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_points",
                        to="organisation.unionbody",
                        verbose_name="主管工会",
                    ),
                ),
                ("name", niangjia.kernel.fields.ordered.OrderedCharField(max_length=80, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("service_centre", "职工服务中心"),
                            ("aid_centre", "困难职工帮扶中心"),
                            ("service_station", "职工服务站"),
                            ("rest_station", "户外劳动者驿站"),
                            ("grid_main_station", "网格工作总站"),
                            ("grid_station", "网格工作站"),
                            ("legal_aid_station", "职工法律援助站"),
                            ("reading_room", "职工书屋"),
                        ],
                        max_length=20,
                        verbose_name="类型",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="branches",
                        to="organisation.servicepoint",
                        verbose_name="上级站点",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_points",
                        to="organisation.region",
                        verbose_name="所在区划",
                    ),
                ),
                ("address", models.CharField(max_length=120, verbose_name="地址")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="公开电话")),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="纬度"
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="经度"
                    ),
                ),
                ("hours", models.JSONField(default=dict, verbose_name="开放时间")),
                ("opened_on", models.DateField(verbose_name="启用日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
            ],
            options={
                "verbose_name": "服务阵地",
                "verbose_name_plural": "服务阵地",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on__isnull", True)),
                        fields=("unit", "name"),
                        name="point_name_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            ("closed_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="point_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(
                                ("latitude__gte", 3),
                                ("latitude__lte", 54),
                                ("longitude__gte", 73),
                                ("longitude__lte", 136),
                            ),
                            _connector="OR",
                        ),
                        name="point_position_whole",
                    ),
                ],
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
            ],
            options={
                "verbose_name": "任职",
                "verbose_name_plural": "任职",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["duty", "unit"], name="post_by_duty")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user", "unit", "duty", "from_on"),
                        name="post_once_a_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("until_on__isnull", True)),
                        fields=("user", "unit", "duty"),
                        name="post_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="post_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="organisation.unionbody",
                        verbose_name="组建工会",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="队伍名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("specialists", "专业指导员队伍"),
                            ("professionals", "职业化工会工作者队伍"),
                            ("social_workers", "社会化工会工作者队伍"),
                        ],
                        max_length=20,
                        verbose_name="队伍类型",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="组建日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="解散日期")),
            ],
            options={
                "verbose_name": "工会工作队",
                "verbose_name_plural": "工会工作队",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "name"), name="team_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="team_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmployerPeriod",
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
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="organisation.employer",
                        verbose_name="用人单位",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="起始日期")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="截止日期")),
                ("name", models.CharField(max_length=120, verbose_name="单位名称")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.region",
                        verbose_name="所在区划",
                    ),
                ),
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
                ("head", models.CharField(blank=True, default="", max_length=50, verbose_name="负责人")),
                ("staff_count", models.PositiveIntegerField(verbose_name="职工人数")),
                ("is_operating", models.BooleanField(verbose_name="正常经营")),
                ("reason", models.CharField(max_length=200, verbose_name="变更事由")),
            ],
            options={
                "verbose_name": "单位沿革",
                "verbose_name_plural": "单位沿革",
                "ordering": ["employer", "from_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("employer", "from_on"), name="employer_period_once_a_day"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("employer",),
                        name="employer_period_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="employer_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BuildingEmployer",
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
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="organisation.unionbuilding",
                        verbose_name="建会工作",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="building_links",
                        to="organisation.employer",
                        verbose_name="用人单位",
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="加入时间"),
                ),
                ("released_at", models.DateTimeField(null=True, verbose_name="解除时间")),
                ("voided_at", models.DateTimeField(null=True, verbose_name="移出时间")),
            ],
            options={
                "verbose_name": "建会单位",
                "verbose_name_plural": "建会单位",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("released_at", None)),
                        fields=("employer",),
                        name="building_employer_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at", None), ("released_at__isnull", False), _connector="OR"
                        ),
                        name="building_employer_void_is_released",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BuildingVisit",
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
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="organisation.unionbuilding",
                        verbose_name="建会工作",
                    ),
                ),
                ("visited_on", models.DateField(verbose_name="走访日期")),
                ("spoke_to", models.CharField(max_length=50, verbose_name="接待人")),
                (
                    "willingness",
                    models.CharField(
                        choices=[("willing", "愿意建会"), ("hesitant", "犹豫"), ("unwilling", "不愿意")],
                        max_length=20,
                        verbose_name="意愿",
                    ),
                ),
                ("findings", models.TextField(max_length=1000, verbose_name="走访情况")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
            ],
            options={
                "verbose_name": "走访记录",
                "verbose_name_plural": "走访记录",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MemberAssembly",
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
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assemblies",
                        to="organisation.unionbuilding",
                        verbose_name="建会工作",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="召开日期")),
                ("is_of_delegates", models.BooleanField(default=False, verbose_name="会员代表大会")),
                ("entitled_count", models.PositiveIntegerField(verbose_name="应到人数")),
                ("present_count", models.PositiveIntegerField(verbose_name="实到人数")),
                ("term_years", models.PositiveSmallIntegerField(verbose_name="任期（年）")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
            ],
            options={
                "verbose_name": "会员大会",
                "verbose_name_plural": "会员大会",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("present_count__lte", models.F("entitled_count"))),
                        name="assembly_present_are_entitled",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ElectionResult",
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
                        related_name="elected",
                        to="organisation.unionbuilding",
                        verbose_name="建会工作",
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("union_committee", "工会委员会"),
                            ("women_committee", "女职工委员会"),
                            ("audit_committee", "经费审查委员会"),
                            ("mediation", "劳动争议调解委员会"),
                            ("protection", "劳动保护监督检查委员会"),
                        ],
                        max_length=20,
                        verbose_name="机构",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chair", "主席"),
                            ("vice_chair", "副主席"),
                            ("director", "主任"),
                            ("deputy_director", "副主任"),
                            ("member", "委员"),
                            ("organiser", "组织员"),
                        ],
                        max_length=20,
                        verbose_name="职务",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="姓名")),
                ("vote_count", models.PositiveIntegerField(null=True, verbose_name="得票")),
            ],
            options={
                "verbose_name": "选举结果",
                "verbose_name_plural": "选举结果",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("building", "body", "name"),
                        name="elected_once_per_body",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("role__in", ("chair", "director", "group_leader")), ("voided_at", None)
                        ),
                        fields=("building", "body"),
                        name="elected_one_head",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
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
                        related_name="contributions",
                        to="organisation.unionbuilding",
                        verbose_name="建会工作",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("property", "单位或物业办公室购一点"),
                            ("staff", "组织员工献一点"),
                            ("owners", "动员业主、商户捐一点"),
                            ("street", "街道干部筹集一点"),
                            ("union_above", "上级工会帮助一点"),
                        ],
                        max_length=20,
                        verbose_name="哪一方",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="金额或折价")),
                ("is_in_kind", models.BooleanField(default=False, verbose_name="实物")),
                ("given_on", models.DateField(verbose_name="日期")),
                ("note", models.CharField(max_length=200, verbose_name="说明")),
            ],
            options={
                "verbose_name": "共建投入",
                "verbose_name_plural": "共建投入",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="contribution_is_positive"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BlankSpot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spots",
                        to="organisation.blankspotrelease",
                        verbose_name="空白点名单",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blank_spots",
                        to="organisation.employer",
                        verbose_name="用人单位",
                    ),
                ),
                ("staff_count", models.PositiveIntegerField(verbose_name="职工人数")),
                (
                    "building",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unionbuilding",
                        verbose_name="建会工作",
                    ),
                ),
                ("handled_at", models.DateTimeField(null=True, verbose_name="转办时间")),
            ],
            options={
                "verbose_name": "空白点",
                "verbose_name_plural": "空白点",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("release", "employer"), name="blank_spot_once_a_list")
                ],
            },
        ),
        migrations.CreateModel(
            name="Officer",
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
                        verbose_name="所属工会",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
                ("name", niangjia.kernel.fields.ordered.OrderedCharField(max_length=50, verbose_name="姓名")),
                ("phone", models.BinaryField(blank=True, editable=True, null=True, verbose_name="手机号")),
                ("from_on", models.DateField(verbose_name="任职起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="任职止")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("term", "届满"),
                            ("resigned", "辞职"),
                            ("transferred", "调离"),
                            ("retired", "退休"),
                            ("removed", "罢免"),
                            ("deceased", "去世"),
                            ("contract", "合同到期"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="离任原因",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="officers",
                        to="organisation.committee",
                        verbose_name="机构",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chair", "主席"),
                            ("vice_chair", "副主席"),
                            ("standing_member", "常务委员"),
                            ("member", "委员"),
                            ("director", "主任"),
                            ("deputy_director", "副主任"),
                            ("group_leader", "组长"),
                            ("organiser", "组织员"),
                        ],
                        max_length=20,
                        verbose_name="职务",
                    ),
                ),
                ("is_full_time", models.BooleanField(default=False, verbose_name="专职")),
                (
                    "route",
                    models.CharField(
                        choices=[("elected", "选举"), ("appointed", "任命"), ("co_opted", "增补")],
                        max_length=12,
                        verbose_name="产生方式",
                    ),
                ),
            ],
            options={
                "verbose_name": "工会干部",
                "verbose_name_plural": "工会干部",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="officer_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("until_on__isnull", True)),
                            models.Q(
                                ("until_on__isnull", False), models.Q(("end_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="officer_leaves_for_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("role__in", ("chair", "director", "group_leader")), ("until_on__isnull", True)
                        ),
                        fields=("committee",),
                        name="officer_one_head",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("committee__isnull", True), ("role", "organiser")),
                            models.Q(
                                ("committee__isnull", False), models.Q(("role", "organiser"), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="officer_sits_or_organises",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Representative",
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
                        verbose_name="所属工会",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
                ("name", niangjia.kernel.fields.ordered.OrderedCharField(max_length=50, verbose_name="姓名")),
                ("phone", models.BinaryField(blank=True, editable=True, null=True, verbose_name="手机号")),
                ("from_on", models.DateField(verbose_name="任职起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="任职止")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("term", "届满"),
                            ("resigned", "辞职"),
                            ("transferred", "调离"),
                            ("retired", "退休"),
                            ("removed", "罢免"),
                            ("deceased", "去世"),
                            ("contract", "合同到期"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="离任原因",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representatives",
                        to="organisation.committee",
                        verbose_name="代表大会",
                    ),
                ),
                ("constituency", models.CharField(max_length=80, verbose_name="选区")),
            ],
            options={
                "verbose_name": "代表",
                "verbose_name_plural": "代表",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="representative_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("until_on__isnull", True)),
                            models.Q(
                                ("until_on__isnull", False), models.Q(("end_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="representative_leaves_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PointFacility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facilities",
                        to="organisation.servicepoint",
                        verbose_name="阵地",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("water", "饮水"),
                            ("meal_heating", "热饭"),
                            ("toilet", "卫生间"),
                            ("seats", "休息座椅"),
                            ("air_conditioning", "空调"),
                            ("charging", "手机充电"),
                            ("battery_swap", "电动车充换电"),
                            ("first_aid", "急救药箱"),
                            ("defibrillator", "自动体外除颤器"),
                            ("nursing_room", "母婴室"),
                            ("child_care", "爱心托管"),
                            ("books", "图书"),
                            ("wifi", "无线网络"),
                            ("legal_advice", "法律咨询"),
                            ("counselling", "心理咨询"),
                            ("service_window", "服务窗口"),
                            ("step_free", "无障碍通行"),
                        ],
                        max_length=20,
                        verbose_name="设施",
                    ),
                ),
            ],
            options={
                "verbose_name": "阵地设施",
                "verbose_name_plural": "阵地设施",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("point", "kind"), name="facility_once")],
            },
        ),
        migrations.CreateModel(
            name="SpecialHours",
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
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="special_hours",
                        to="organisation.servicepoint",
                        verbose_name="阵地",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="开始日期")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                ("hours", models.CharField(blank=True, max_length=60, verbose_name="开放时间")),
                ("reason", models.CharField(max_length=60, verbose_name="原因")),
            ],
            options={
                "verbose_name": "特别开放时间",
                "verbose_name_plural": "特别开放时间",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="special_hours_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GridCell",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grid_cells",
                        to="organisation.unionbody",
                        verbose_name="所属工会",
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="网格编号")),
                ("name", models.CharField(max_length=60, verbose_name="网格名称")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grid_cells",
                        to="organisation.region",
                        verbose_name="所在区划",
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grid_cells",
                        to="organisation.servicepoint",
                        verbose_name="网格工作站",
                    ),
                ),
                ("boundary", models.CharField(blank=True, max_length=200, verbose_name="四至范围")),
                ("from_on", models.DateField(verbose_name="划定日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
            ],
            options={
                "verbose_name": "网格",
                "verbose_name_plural": "网格",
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="grid_cell_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    )
                ],
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
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="organisation.post",
                        verbose_name="任职",
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
        migrations.CreateModel(
            name="TeamMember",
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
                        verbose_name="所属工会",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
                ("name", niangjia.kernel.fields.ordered.OrderedCharField(max_length=50, verbose_name="姓名")),
                ("phone", models.BinaryField(blank=True, editable=True, null=True, verbose_name="手机号")),
                ("from_on", models.DateField(verbose_name="任职起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="任职止")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("term", "届满"),
                            ("resigned", "辞职"),
                            ("transferred", "调离"),
                            ("retired", "退休"),
                            ("removed", "罢免"),
                            ("deceased", "去世"),
                            ("contract", "合同到期"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="离任原因",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="organisation.team",
                        verbose_name="队伍",
                    ),
                ),
                (
                    "specialty",
                    models.CharField(
                        choices=[
                            ("finance_and_audit", "财务经审"),
                            ("law_supervision", "劳动法律监督"),
                            ("party_and_union", "党工共建指导"),
                            ("wage_bargaining", "工资集体协商指导"),
                            ("assistance", "帮扶"),
                            ("general", "综合"),
                        ],
                        max_length=20,
                        verbose_name="专长",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("contract", "合同聘用"),
                            ("welfare_post", "公益性岗位"),
                            ("part_time", "兼职聘任"),
                        ],
                        max_length=20,
                        verbose_name="用工方式",
                    ),
                ),
                (
                    "posted_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unionbody",
                        verbose_name="派驻工会",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="派驻职务")),
                ("contract_until", models.DateField(blank=True, null=True, verbose_name="合同到期")),
            ],
            options={
                "verbose_name": "社会化工会工作者",
                "verbose_name_plural": "社会化工会工作者",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="team_member_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("until_on__isnull", True)),
                            models.Q(
                                ("until_on__isnull", False), models.Q(("end_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="team_member_leaves_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contract_until__isnull", True),
                            ("contract_until__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="team_member_contract_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GridWorker",
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
                        verbose_name="所属工会",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
                ("name", niangjia.kernel.fields.ordered.OrderedCharField(max_length=50, verbose_name="姓名")),
                ("phone", models.BinaryField(blank=True, editable=True, null=True, verbose_name="手机号")),
                ("from_on", models.DateField(verbose_name="任职起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="任职止")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("term", "届满"),
                            ("resigned", "辞职"),
                            ("transferred", "调离"),
                            ("retired", "退休"),
                            ("removed", "罢免"),
                            ("deceased", "去世"),
                            ("contract", "合同到期"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="离任原因",
                    ),
                ),
                (
                    "cell",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workers",
                        to="organisation.gridcell",
                        verbose_name="网格",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("head", "网格长"), ("worker", "网格员")], max_length=10, verbose_name="职责"
                    ),
                ),
            ],
            options={
                "verbose_name": "网格员",
                "verbose_name_plural": "网格员",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="grid_worker_period_holds",
                        violation_error_message="结束日期不能早于开始日期。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("until_on__isnull", True)),
                            models.Q(
                                ("until_on__isnull", False), models.Q(("end_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="grid_worker_leaves_for_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "head"), ("until_on__isnull", True)),
                        fields=("cell",),
                        name="grid_cell_one_head",
                    ),
                ],
            },
        ),
    ]
