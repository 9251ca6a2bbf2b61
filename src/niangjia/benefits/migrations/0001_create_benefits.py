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
        ("membership", "0001_create_membership"),
        ("organisation", "0001_create_organisation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Scheme",
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
                            ("scheme_draft", "待开办"),
                            ("scheme_open", "开办中"),
                            ("scheme_closed", "已停办"),
                        ],
                        default="scheme_draft",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                ("title_en", models.CharField(blank=True, max_length=120, verbose_name="英文名称")),
                ("policy", models.CharField(max_length=80, verbose_name="政策")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("person", "职工本人"),
                            ("household", "家庭"),
                            ("child", "子女"),
                            ("claim", "一次费用"),
                            ("file", "困难职工档案"),
                        ],
                        max_length=10,
                        verbose_name="核定对象",
                    ),
                ),
                (
                    "period_rule",
                    models.CharField(
                        choices=[
                            ("once", "只享受一次"),
                            ("yearly", "每年一次"),
                            ("event", "每次事由"),
                            ("season", "每季活动一次"),
                        ],
                        max_length=10,
                        verbose_name="享受次数",
                    ),
                ),
                ("opens_on", models.DateField(blank=True, null=True, verbose_name="申请开始")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="申请截止")),
                (
                    "fund",
                    models.CharField(
                        choices=[
                            ("central", "中央财政"),
                            ("provincial", "省级财政"),
                            ("city", "市级财政"),
                            ("county", "县级财政"),
                            ("own", "本级工会经费"),
                            ("superior", "上级工会补助"),
                            ("donation", "社会捐赠"),
                            ("mutual_aid", "互助金"),
                        ],
                        max_length=20,
                        verbose_name="资金来源",
                    ),
                ),
                ("budget_amount", models.BigIntegerField(blank=True, null=True, verbose_name="预算")),
                ("output", models.CharField(max_length=60, verbose_name="金额取自")),
                (
                    "notice",
                    models.CharField(
                        blank=True,
                        choices=[("", "不公示"), ("grant", "公示名单"), ("grant_amount", "公示名单和金额")],
                        max_length=20,
                        verbose_name="公示",
                    ),
                ),
                ("parameters", models.JSONField(blank=True, default=dict, verbose_name="参数")),
                ("order", models.CharField(blank=True, max_length=60, verbose_name="层次顺序")),
                ("mapping", models.JSONField(blank=True, default=dict, verbose_name="事实对应")),
                ("near", models.JSONField(blank=True, default=dict, verbose_name="接近的幅度")),
                ("papers", models.JSONField(blank=True, default=list, verbose_name="所需材料")),
                ("is_medical", models.BooleanField(default=False, verbose_name="涉及病情")),
                ("legal_source", models.TextField(max_length=1000, verbose_name="依据")),
                (
                    "excludes",
                    models.ManyToManyField(blank=True, to="benefits.scheme", verbose_name="不得兼得"),
                ),
            ],
            options={
                "verbose_name": "待遇项目",
                "verbose_name_plural": "待遇项目",
                "indexes": [models.Index(fields=["state", "unit"], name="scheme_state_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["scheme_draft", "scheme_open", "scheme_closed"])),
                        name="scheme_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_on", None),
                            ("opens_on", None),
                            ("closes_on__gte", models.F("opens_on")),
                            _connector="OR",
                        ),
                        name="scheme_window_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("period_rule", "season"), _negated=True),
                            ("opens_on__isnull", False),
                            _connector="OR",
                        ),
                        name="scheme_season_has_first_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                ("name", models.CharField(max_length=120, verbose_name="文件")),
                ("text", models.TextField(verbose_name="内容")),
                ("kept_at", models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="存入时间")),
            ],
            options={
                "verbose_name": "政策文本",
                "verbose_name_plural": "政策文本",
            },
        ),
        migrations.CreateModel(
            name="Settlement",
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
                        verbose_name="导入工会",
                    ),
                ),
                ("number", models.CharField(max_length=60, verbose_name="结算单号")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="membership.person",
                        verbose_name="人员",
                    ),
                ),
                ("settled_on", models.DateField(verbose_name="结算日期")),
                ("lines", models.BinaryField(editable=True, verbose_name="费用明细")),
                (
                    "imported_at",
                    models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="导入时间"),
                ),
                ("voided_on", models.DateField(null=True, verbose_name="作废日期")),
            ],
            options={
                "verbose_name": "医疗费结算单",
                "verbose_name_plural": "医疗费结算单",
                "indexes": [models.Index(fields=["person", "settled_on"], name="settlement_person_day")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_on", None)),
                        fields=("number",),
                        name="settlement_number_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                ("policy", models.CharField(max_length=80, verbose_name="政策")),
                ("version", models.CharField(max_length=40, verbose_name="版本")),
                ("kept_at", models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="存入时间")),
                (
                    "texts",
                    models.ManyToManyField(
                        related_name="editions", to="benefits.policytext", verbose_name="文本"
                    ),
                ),
            ],
            options={
                "verbose_name": "政策版本",
                "verbose_name_plural": "政策版本",
                "indexes": [models.Index(fields=["policy"], name="edition_policy")],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
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
                        verbose_name="登记工会",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="benefits.scheme",
                        verbose_name="待遇项目",
                    ),
                ),
                ("period", models.CharField(max_length=40, verbose_name="享受期间")),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="membership.person",
                        verbose_name="受益人",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="membership.household",
                        verbose_name="家庭",
                    ),
                ),
                (
                    "finding",
                    models.CharField(
                        choices=[("entitled", "可享受"), ("nearly", "只差一项"), ("lapsed", "不再符合")],
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("amount", models.BigIntegerField(null=True, verbose_name="金额")),
                ("wanting", models.CharField(blank=True, max_length=60, verbose_name="差的一项")),
                ("found_on", models.DateField(default=niangjia.kernel.clock.today, verbose_name="发现日期")),
                (
                    "changed_on",
                    models.DateField(default=niangjia.kernel.clock.today, verbose_name="结论日期"),
                ),
                ("told_at", models.DateTimeField(null=True, verbose_name="告知本人")),
                ("declined_at", models.DateTimeField(null=True, verbose_name="不申请")),
                (
                    "declined_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁表示不申请",
                    ),
                ),
            ],
            options={
                "verbose_name": "待遇提示",
                "verbose_name_plural": "待遇提示",
                "indexes": [
                    models.Index(fields=["person"], name="proposal_person"),
                    models.Index(fields=["scheme", "finding", "unit"], name="proposal_scheme_finding"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("household", None)),
                        fields=("scheme", "period", "person"),
                        name="proposal_once_per_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("household__isnull", False)),
                        fields=("scheme", "period", "household"),
                        name="proposal_once_per_household",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("finding__in", ["entitled", "nearly", "lapsed"])),
                        name="proposal_finding_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding", "nearly"), _negated=True),
                            models.Q(("wanting", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_nearly_says_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="membership.person",
                        verbose_name="人员",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="membership.household",
                        verbose_name="家庭",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="benefits.scheme",
                        verbose_name="待遇项目",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="benefits.policyedition",
                        verbose_name="政策版本",
                    ),
                ),
                ("policy", models.CharField(max_length=80, verbose_name="政策")),
                ("version", models.CharField(max_length=40, verbose_name="版本")),
                ("engine_version", models.CharField(max_length=20, verbose_name="引擎版本")),
                ("on", models.DateField(verbose_name="事由日期")),
                ("parameters", models.JSONField(default=dict, verbose_name="参数")),
                ("order", models.CharField(blank=True, max_length=60, verbose_name="层次顺序")),
                (
                    "sealed_lifted",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="放开的上限"),
                ),
                ("digest", models.CharField(editable=False, max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[("decided", "符合"), ("excluded", "不符合"), ("incomplete", "资料不足")],
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=60, verbose_name="不符合的条件")),
                ("missing", models.JSONField(default=list, verbose_name="缺少的资料")),
                ("outputs", models.JSONField(default=dict, verbose_name="结果")),
                ("output", models.CharField(blank=True, max_length=60, verbose_name="金额取自")),
                ("amount", models.BigIntegerField(null=True, verbose_name="金额")),
                ("facts", models.JSONField(default=dict, verbose_name="事实")),
                (
                    "sealed_facts",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="敏感事实"),
                ),
                ("made_at", models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="核定时间")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核定人",
                    ),
                ),
            ],
            options={
                "verbose_name": "核定",
                "verbose_name_plural": "核定",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False), ("household__isnull", False), _connector="OR"
                        ),
                        name="decision_is_about_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["decided", "excluded", "incomplete"])),
                        name="decision_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "decided"), ("amount", None), _connector="OR"),
                        name="decision_amount_is_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitApplication",
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
                    models.CharField(editable=False, max_length=30, unique=True, verbose_name="申请编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待受理"),
                            ("returned", "待补正"),
                            ("taken_in", "待核定"),
                            ("assessed", "待复核"),
                            ("lift_asked", "待批放开上限"),
                            ("on_notice", "公示中"),
                            ("granted", "已批准"),
                            ("declined", "未通过"),
                            ("withdrawn", "已撤回"),
                            ("appealed", "复议中"),
                            ("amount_appealed", "金额复议中"),
                            ("refusal_stands", "复议维持不予"),
                        ],
                        default="asked",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="benefits.scheme",
                        verbose_name="待遇项目",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefit_applications",
                        to="membership.person",
                        verbose_name="受益人",
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefits_received",
                        to="membership.person",
                        verbose_name="领款人",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefit_applications",
                        to="membership.household",
                        verbose_name="家庭",
                    ),
                ),
                ("period", models.CharField(max_length=40, verbose_name="享受期间")),
                ("on", models.DateField(verbose_name="事由日期")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("worker", "职工自己申请"),
                            ("paper", "工会代录纸质申请"),
                            ("proposal", "系统找到，本人确认"),
                        ],
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                (
                    "said",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="申请人填写的情况"),
                ),
                ("consents_to_decide", models.BooleanField(default=False, verbose_name="授权核对")),
                (
                    "shares_with_unit",
                    models.BooleanField(default=False, verbose_name="同意本单位工会查看病情"),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="benefits.decision",
                        verbose_name="核定",
                    ),
                ),
                (
                    "applied_on",
                    models.DateField(default=niangjia.kernel.clock.today, verbose_name="申请日期"),
                ),
                ("notice_until", models.DateField(null=True, verbose_name="公示止")),
                ("settled_on", models.DateField(null=True, verbose_name="办结日期")),
                ("appeal_until", models.DateField(null=True, verbose_name="复议期限")),
            ],
            options={
                "verbose_name": "待遇申请",
                "verbose_name_plural": "待遇申请",
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="benefit_state_due"),
                    models.Index(fields=["scheme", "state"], name="benefit_scheme_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("declined", "withdrawn", "refusal_stands")), _negated=True
                            ),
                            ("household", None),
                        ),
                        fields=("scheme", "period", "person"),
                        name="benefit_once_per_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("declined", "withdrawn", "refusal_stands")), _negated=True
                            ),
                            ("household__isnull", False),
                        ),
                        fields=("scheme", "period", "household"),
                        name="benefit_once_per_household",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "asked",
                                    "returned",
                                    "taken_in",
                                    "assessed",
                                    "lift_asked",
                                    "on_notice",
                                    "granted",
                                    "declined",
                                    "withdrawn",
                                    "appealed",
                                    "amount_appealed",
                                    "refusal_stands",
                                ],
                            )
                        ),
                        name="benefit_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "returned", "taken_in", "withdrawn"]),
                            ("decision__isnull", False),
                            _connector="OR",
                        ),
                        name="benefit_assessed_has_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "on_notice"), _negated=True),
                            ("notice_until__isnull", False),
                            _connector="OR",
                        ),
                        name="benefit_notice_has_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["granted", "declined"]), _negated=True),
                            models.Q(("appeal_until__isnull", False), ("settled_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="benefit_settled_has_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "number",
                    models.CharField(editable=False, max_length=30, unique=True, verbose_name="救助编号"),
                ),
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
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="benefits.benefitapplication",
                        verbose_name="待遇申请",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="benefits.decision",
                        verbose_name="核定",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="benefits.scheme",
                        verbose_name="待遇项目",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="membership.person",
                        verbose_name="受益人",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="membership.household",
                        verbose_name="家庭",
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants_received",
                        to="membership.person",
                        verbose_name="领款人",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                (
                    "fund",
                    models.CharField(
                        choices=[
                            ("central", "中央财政"),
                            ("provincial", "省级财政"),
                            ("city", "市级财政"),
                            ("county", "县级财政"),
                            ("own", "本级工会经费"),
                            ("superior", "上级工会补助"),
                            ("donation", "社会捐赠"),
                            ("mutual_aid", "互助金"),
                        ],
                        max_length=20,
                        verbose_name="资金来源",
                    ),
                ),
                (
                    "granted_on",
                    models.DateField(default=niangjia.kernel.clock.today, verbose_name="批准日期"),
                ),
                ("committed_at", models.DateTimeField(null=True, verbose_name="转入发放")),
                ("voided_on", models.DateField(null=True, verbose_name="作废日期")),
            ],
            options={
                "verbose_name": "救助",
                "verbose_name_plural": "救助",
                "indexes": [
                    models.Index(fields=["person", "granted_on"], name="grant_person_day"),
                    models.Index(fields=["scheme", "granted_on"], name="grant_scheme_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_on", None)),
                        fields=("application",),
                        name="grant_one_in_force",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="grant_is_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Override",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overrides",
                        to="benefits.benefitapplication",
                        verbose_name="待遇申请",
                    ),
                ),
                ("step", models.CharField(max_length=60, verbose_name="上限")),
                ("reason", models.BinaryField(editable=True, verbose_name="理由")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                ("asked_on", models.DateField(default=niangjia.kernel.clock.today, verbose_name="提出日期")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                ("answered_on", models.DateField(null=True, verbose_name="答复日期")),
                ("is_approved", models.BooleanField(null=True, verbose_name="同意放开")),
            ],
            options={
                "verbose_name": "放开上限",
                "verbose_name_plural": "放开上限",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_on", None)),
                        fields=("application",),
                        name="override_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="benefits.benefitapplication",
                        verbose_name="待遇申请",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="benefits.decision",
                        verbose_name="原核定",
                    ),
                ),
                ("grounds", models.BinaryField(editable=True, verbose_name="复议理由")),
                ("filed_on", models.DateField(default=niangjia.kernel.clock.today, verbose_name="提出日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("stands", "维持原核定"), ("again", "重新核定")],
                        max_length=10,
                        verbose_name="复议结果",
                    ),
                ),
                ("answer", models.BinaryField(blank=True, editable=True, null=True, verbose_name="复议答复")),
                ("answered_on", models.DateField(null=True, verbose_name="答复日期")),
            ],
            options={
                "verbose_name": "复议",
                "verbose_name_plural": "复议",
            },
        ),
        migrations.CreateModel(
            name="BenefitPaper",
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
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="benefits.benefitapplication",
                        verbose_name="待遇申请",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("identity", "身份证件"),
                            ("medical", "病历与医疗费票据"),
                            ("school", "录取或在学证明"),
                            ("certificate", "技能证书"),
                            ("contract", "劳动合同"),
                            ("income", "收入证明"),
                            ("bank", "本人银行卡"),
                            ("other", "其他材料"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
            ],
            options={
                "verbose_name": "申请材料",
                "verbose_name_plural": "申请材料",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("application", "stored", "kind"),
                        name="benefit_paper_once",
                    )
                ],
            },
        ),
    ]
