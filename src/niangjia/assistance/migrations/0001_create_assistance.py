import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import niangjia.kernel.clock
from niangjia.kernel.tables import NewTables


class Migration(NewTables):
    initial = True

    dependencies = [
        ("benefits", "0001_create_benefits"),
        ("kernel", "0002_complete_kernel"),
        ("membership", "0001_create_membership"),
        ("organisation", "0002_complete_organisation"),
    ]

    operations = [
        migrations.CreateModel(
            name="SchoolingCase",
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
                    models.CharField(editable=False, max_length=30, unique=True, verbose_name="个案编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("out_of_school", "待上门"),
                            ("persuading", "劝学中"),
                            ("back_at_school", "已复学"),
                            ("supported", "专项帮扶中"),
                            ("stayed_at_school", "稳定就学"),
                            ("let_go", "终止劝学"),
                        ],
                        default="out_of_school",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schooling",
                        to="membership.household",
                        verbose_name="家庭",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schooling",
                        to="membership.person",
                        verbose_name="学生",
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.person",
                        verbose_name="监护人",
                    ),
                ),
                ("school", models.BinaryField(editable=True, verbose_name="学校")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("primary", "小学"),
                            ("seventh", "初一"),
                            ("eighth", "初二"),
                            ("ninth", "初三"),
                            ("vocational", "中职"),
                            ("senior", "高中"),
                        ],
                        max_length=20,
                        verbose_name="年级",
                    ),
                ),
                ("left_on", models.DateField(verbose_name="离校日期")),
                ("circumstances", models.BinaryField(editable=True, verbose_name="离校情况")),
                ("found_on", models.DateField(default=niangjia.kernel.clock.today, verbose_name="发现日期")),
                ("drop_out_count", models.PositiveSmallIntegerField(default=1, verbose_name="离校次数")),
                ("consented_on", models.DateField(null=True, verbose_name="监护人同意日期")),
                ("consent_paper", models.CharField(blank=True, max_length=60, verbose_name="同意书存放处")),
                ("returned_on", models.DateField(null=True, verbose_name="复学日期")),
                ("follow_up_on", models.DateField(null=True, verbose_name="回访日期")),
                ("closed_on", models.DateField(null=True, verbose_name="办结日期")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("moved", "随家庭迁走，已转告当地"),
                            ("grown", "已满十八周岁"),
                            ("other_way", "已转入其他学习或康复途径"),
                            ("mistaken", "核实并未辍学"),
                        ],
                        max_length=20,
                        verbose_name="终止原因",
                    ),
                ),
            ],
            options={
                "verbose_name": "劝学个案",
                "verbose_name_plural": "劝学个案",
                "indexes": [models.Index(fields=["state", "due_on"], name="schooling_state_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("stayed_at_school", "let_go")), _negated=True),
                        fields=("child",),
                        name="schooling_one_running_per_child",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "out_of_school",
                                    "persuading",
                                    "back_at_school",
                                    "supported",
                                    "stayed_at_school",
                                    "let_go",
                                ],
                            )
                        ),
                        name="schooling_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("back_at_school", "supported")), _negated=True),
                            models.Q(
                                ("consented_on__isnull", False),
                                ("follow_up_on__isnull", False),
                                ("returned_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="schooling_back_with_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("stayed_at_school", "let_go")), _negated=True),
                            ("closed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="schooling_over_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consented_on__isnull", True),
                            models.Q(("consent_paper", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="schooling_consent_has_paper",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpotCheck",
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
                    models.CharField(editable=False, max_length=30, unique=True, verbose_name="抽查编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("drawn", "抽查中"), ("reported", "待审定"), ("confirmed", "已审定")],
                        default="drawn",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unionbody",
                        verbose_name="被抽查工会",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("round", models.PositiveSmallIntegerField(verbose_name="第几次")),
                ("drawn_on", models.DateField(default=niangjia.kernel.clock.today, verbose_name="抽取日期")),
                ("share", models.DecimalField(decimal_places=6, max_digits=7, verbose_name="抽查比例")),
                ("seed", models.CharField(editable=False, max_length=64, verbose_name="随机种子")),
                ("population", models.JSONField(default=list, editable=False, verbose_name="参加抽取的档案")),
                ("confirmed_on", models.DateField(null=True, verbose_name="审定日期")),
            ],
            options={
                "verbose_name": "档案抽查",
                "verbose_name_plural": "档案抽查",
                "indexes": [models.Index(fields=["state", "due_on"], name="spot_check_state_due")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "district", "year", "round"), name="spot_check_round_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["drawn", "reported", "confirmed"])),
                        name="spot_check_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            ("confirmed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="spot_check_confirmed_has_day",
                    ),
                ],
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
                    models.CharField(editable=False, max_length=30, unique=True, verbose_name="档案编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("found", "待本人确认"),
                            ("applied", "待初审"),
                            ("returned", "待补正"),
                            ("reviewed", "待核查"),
                            ("visited", "待核对"),
                            ("checked", "待公示"),
                            ("on_notice", "公示中"),
                            ("cleared", "待审批"),
                            ("approved", "待归档"),
                            ("filed", "已建档"),
                            ("declined", "未通过"),
                            ("withdrawn", "已撤回"),
                            ("renewal", "待复核"),
                            ("expired", "已过期"),
                            ("exit_proposed", "待批脱困"),
                            ("strike_off_proposed", "待批注销"),
                            ("exited", "已脱困"),
                            ("struck_off", "已注销"),
                            ("taken_over", "待确认移入"),
                            ("not_taken_over", "未移入"),
                        ],
                        default="applied",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hardship_files",
                        to="membership.person",
                        verbose_name="申请人",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hardship_files",
                        to="membership.household",
                        verbose_name="家庭",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="assistance.hardshipfile",
                        verbose_name="上一份档案",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("online", "本人在线申请"),
                            ("paper", "纸质申请录入"),
                            ("found", "工会主动发现"),
                            ("taken_over", "存量档案移入"),
                        ],
                        default="online",
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                (
                    "former_number",
                    models.CharField(blank=True, editable=False, max_length=40, verbose_name="原系统编号"),
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
                (
                    "second_cause",
                    models.CharField(
                        blank=True,
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
                        verbose_name="次要致困原因",
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
                ("authorised_on", models.DateField(null=True, verbose_name="授权日期")),
                ("consents_to_notice", models.BooleanField(default=False, verbose_name="同意公示")),
                (
                    "shares_health_with_unit",
                    models.BooleanField(default=False, verbose_name="同意本单位工会查看病情材料"),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("deep", "深度困难"),
                            ("relative", "相对困难"),
                            ("accident", "意外致困"),
                            ("minimum", "低保户"),
                            ("borderline", "低保边缘户"),
                            ("struck", "意外致困户"),
                        ],
                        max_length=20,
                        verbose_name="困难类别",
                    ),
                ),
                (
                    "category_reason",
                    models.BinaryField(
                        blank=True, editable=True, null=True, verbose_name="类别与测算不同的理由"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hardship_files",
                        to="benefits.decision",
                        verbose_name="类别测算",
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
                ("page_count", models.PositiveSmallIntegerField(null=True, verbose_name="页数")),
                ("renewal_on", models.DateField(null=True, verbose_name="开始复核日")),
                ("expires_on", models.DateField(null=True, verbose_name="有效期止")),
                ("renewed_on", models.DateField(null=True, verbose_name="最近续档日期")),
                (
                    "leaving_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("income_risen", "收入提高，超过标准"),
                            ("found_work", "实现就业"),
                            ("recovered", "病情好转或治疗结束"),
                            ("graduated", "子女毕业就业"),
                            ("state_relief", "已由政府救助兜底"),
                            ("other_exit", "其他脱困原因"),
                            ("died", "死亡"),
                            ("moved_away", "迁离本地或转出工会"),
                            ("false_statement", "虚报瞒报"),
                            ("own_wish", "本人申请注销"),
                            ("not_renewed", "逾期未复核"),
                            ("applied_anew", "已重新申请"),
                            ("other_strike_off", "其他注销原因"),
                        ],
                        max_length=20,
                        verbose_name="退出原因",
                    ),
                ),
                ("left_on", models.DateField(null=True, verbose_name="退出日期")),
                ("temporary_help_on", models.DateField(null=True, verbose_name="同意临时帮扶日期")),
            ],
            options={
                "verbose_name": "困难职工档案",
                "verbose_name_plural": "困难职工档案",
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="hardship_state_due"),
                    models.Index(fields=["unit", "state"], name="hardship_unit_state"),
                    models.Index(fields=["predecessor"], name="hardship_predecessor"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    "declined",
                                    "withdrawn",
                                    "expired",
                                    "exited",
                                    "struck_off",
                                    "not_taken_over",
                                ),
                            ),
                            _negated=True,
                        ),
                        fields=("household",),
                        name="hardship_one_per_household",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "found",
                                    "applied",
                                    "returned",
                                    "reviewed",
                                    "visited",
                                    "checked",
                                    "on_notice",
                                    "cleared",
                                    "approved",
                                    "filed",
                                    "declined",
                                    "withdrawn",
                                    "renewal",
                                    "expired",
                                    "exit_proposed",
                                    "strike_off_proposed",
                                    "exited",
                                    "struck_off",
                                    "taken_over",
                                    "not_taken_over",
                                ],
                            )
                        ),
                        name="hardship_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("household_size__gte", 1)), name="hardship_household_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "on_notice"), _negated=True),
                            models.Q(
                                ("consents_to_notice", True),
                                ("notice_from__isnull", False),
                                ("notice_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="hardship_notice_has_consent_and_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    (
                                        "cleared",
                                        "approved",
                                        "filed",
                                        "renewal",
                                        "exit_proposed",
                                        "strike_off_proposed",
                                        "expired",
                                        "exited",
                                        "struck_off",
                                    ),
                                ),
                                _negated=True,
                            ),
                            ("notice_until__isnull", False),
                            _connector="OR",
                        ),
                        name="hardship_approval_follows_notice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        "approved",
                                        "filed",
                                        "renewal",
                                        "exit_proposed",
                                        "strike_off_proposed",
                                        "expired",
                                        "exited",
                                        "struck_off",
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("approved_on__isnull", False), models.Q(("category", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="hardship_approved_has_day_and_category",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    (
                                        "filed",
                                        "renewal",
                                        "exit_proposed",
                                        "strike_off_proposed",
                                        "expired",
                                        "exited",
                                        "struck_off",
                                    ),
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("expires_on__isnull", False),
                                ("filed_on__isnull", False),
                                ("renewal_on__isnull", False),
                                models.Q(("shelf_mark", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hardship_filed_has_days_and_shelf",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken_over"), _negated=True),
                            models.Q(
                                ("approved_on__isnull", False),
                                ("expires_on__isnull", False),
                                ("filed_on__isnull", False),
                                ("notice_until__isnull", False),
                                ("origin", "taken_over"),
                                ("renewal_on__isnull", False),
                                models.Q(("category", ""), _negated=True),
                                models.Q(("shelf_mark", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hardship_taken_over_has_its_past",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("origin", "taken_over"), models.Q(("former_number", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("origin", "taken_over"), _negated=True), ("former_number", "")
                            ),
                            _connector="OR",
                        ),
                        name="hardship_former_number_of_taken_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["exited", "struck_off"]), _negated=True),
                            models.Q(
                                ("left_on__isnull", False), models.Q(("leaving_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="hardship_left_has_day_and_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Circumstances",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="circumstances",
                        to="assistance.hardshipfile",
                        verbose_name="档案",
                    ),
                ),
                (
                    "teller",
                    models.CharField(
                        choices=[("family", "本人填写"), ("clerk", "工会录入")],
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填写人",
                    ),
                ),
                ("told_at", models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="填写时间")),
                ("health", models.BinaryField(blank=True, editable=True, null=True, verbose_name="健康状况")),
                (
                    "disability",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="残疾类别"),
                ),
                (
                    "disability_level",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="残疾级别"),
                ),
                (
                    "insurance",
                    models.CharField(
                        blank=True,
                        choices=[("employee", "职工医保"), ("resident", "居民医保"), ("none", "没有医保")],
                        max_length=20,
                        verbose_name="医保状况",
                    ),
                ),
                (
                    "work_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("at_work", "在岗"),
                            ("waiting", "下岗或待岗"),
                            ("jobless", "失业或无业"),
                            ("retired", "退休"),
                            ("sick_leave", "病休"),
                            ("early_retired", "内退"),
                            ("migrant", "农民工"),
                        ],
                        max_length=20,
                        verbose_name="工作状态",
                    ),
                ),
                (
                    "model_worker",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "不是劳模"),
                            ("national", "全国劳模"),
                            ("province", "省部级劳模"),
                            ("city", "市级劳模"),
                        ],
                        max_length=20,
                        verbose_name="劳模类型",
                    ),
                ),
                (
                    "unit_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("normal", "正常经营"),
                            ("loss", "亏损"),
                            ("half_stopped", "半停产"),
                            ("stopped", "停产"),
                            ("closed", "关闭破产"),
                            ("none", "没有单位"),
                        ],
                        max_length=20,
                        verbose_name="企业状况",
                    ),
                ),
                ("employed_on", models.DateField(null=True, verbose_name="参加工作或建立劳动关系日期")),
                ("own_monthly_amount", models.BigIntegerField(null=True, verbose_name="本人月均收入")),
                ("other_income_amount", models.BigIntegerField(null=True, verbose_name="家庭其他年收入")),
                (
                    "self_help",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("able", "有自救能力"),
                            ("partly", "有一定自救能力"),
                            ("unable", "无自救能力"),
                        ],
                        max_length=20,
                        verbose_name="自救能力",
                    ),
                ),
                ("no_one_works", models.BooleanField(null=True, verbose_name="零就业家庭")),
                (
                    "tenure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unit_rented", "承租单位公房"),
                            ("public_rented", "政府廉租房"),
                            ("bought", "自购房"),
                            ("none", "无房"),
                            ("rented", "租房"),
                            ("self_built", "自建房"),
                            ("other", "其他住房"),
                        ],
                        max_length=20,
                        verbose_name="住房类型",
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("20", "20 平方米以下"),
                            ("50", "20—50 平方米"),
                            ("70", "50—70 平方米"),
                            ("over", "70 平方米以上"),
                        ],
                        max_length=20,
                        verbose_name="住房面积",
                    ),
                ),
                ("homes", models.PositiveSmallIntegerField(null=True, verbose_name="住房套数")),
                ("lives_in_city", models.BooleanField(null=True, verbose_name="在城镇居住")),
                ("has_car", models.BooleanField(null=True, verbose_name="有非营运汽车")),
                ("has_business", models.BooleanField(null=True, verbose_name="有商铺或雇工")),
                ("single_parent", models.BooleanField(null=True, verbose_name="单亲家庭")),
                ("private_school", models.BooleanField(null=True, verbose_name="子女就读私立学校")),
                ("private_fee_amount", models.BigIntegerField(null=True, verbose_name="私立学校一年学费")),
                ("public_fee_amount", models.BigIntegerField(null=True, verbose_name="同级公办学校一年学费")),
                ("studies_abroad", models.BooleanField(null=True, verbose_name="子女自费留学")),
                ("receives_relief", models.BooleanField(null=True, verbose_name="正享受政府救助")),
                ("still_poor", models.BooleanField(null=True, verbose_name="救助后仍困难")),
                (
                    "months_below_line",
                    models.PositiveSmallIntegerField(null=True, verbose_name="收入低于低保线的月数"),
                ),
                ("struck_by_disaster", models.BooleanField(null=True, verbose_name="因灾害或事故伤亡")),
                ("sudden_illness", models.BooleanField(null=True, verbose_name="突发意外或重病")),
                (
                    "accident_cost_amount",
                    models.BigIntegerField(null=True, verbose_name="一年意外或重病自付支出"),
                ),
                ("bank", models.CharField(blank=True, max_length=50, verbose_name="开户银行")),
                ("branch", models.CharField(blank=True, max_length=80, verbose_name="开户支行")),
                (
                    "card_number",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="银行卡号"),
                ),
            ],
            options={
                "verbose_name": "家庭情况",
                "verbose_name_plural": "家庭情况",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FamilyMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="assistance.hardshipfile",
                        verbose_name="档案",
                    ),
                ),
                ("name", models.BinaryField(editable=True, verbose_name="姓名")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("spouse", "配偶"),
                            ("child", "子女"),
                            ("parent", "父母"),
                            ("sibling", "兄弟姐妹"),
                            ("grandchild", "孙子女"),
                            ("other", "其他亲属"),
                        ],
                        max_length=12,
                        verbose_name="与申请人关系",
                    ),
                ),
                (
                    "id_number",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="证件号码"),
                ),
                (
                    "identity",
                    models.CharField(
                        choices=[
                            ("at_work", "在业"),
                            ("jobless", "无业"),
                            ("retired", "退休"),
                            ("student", "在校学生"),
                            ("preschool", "学龄前"),
                            ("unable", "丧失劳动能力"),
                            ("other", "其他身份"),
                        ],
                        max_length=12,
                        verbose_name="身份",
                    ),
                ),
                ("monthly_amount", models.BigIntegerField(verbose_name="月收入")),
                ("school", models.BinaryField(blank=True, editable=True, null=True, verbose_name="就读学校")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填写人",
                    ),
                ),
                ("added_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
                ("ended_at", models.DateTimeField(null=True, verbose_name="不再列入时间")),
            ],
            options={
                "verbose_name": "申请家庭成员",
                "verbose_name_plural": "申请家庭成员",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Pairing",
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
                    models.CharField(editable=False, max_length=30, unique=True, verbose_name="结对编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("paired", "结对中"), ("unpaired", "已结束结对")],
                        default="paired",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairings",
                        to="assistance.hardshipfile",
                        verbose_name="档案",
                    ),
                ),
                (
                    "cadre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="结对人",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("leader", "挂钩领导"), ("staff", "结对干部")],
                        max_length=10,
                        verbose_name="结对身份",
                    ),
                ),
                ("office_phone", models.CharField(max_length=20, verbose_name="办公电话")),
                ("paired_on", models.DateField(default=niangjia.kernel.clock.today, verbose_name="结对日期")),
                ("visit_due_on", models.DateField(null=True, verbose_name="下次看望")),
                ("last_visit_on", models.DateField(null=True, verbose_name="最近看望")),
                ("ended_on", models.DateField(null=True, verbose_name="结束日期")),
            ],
            options={
                "verbose_name": "结对",
                "verbose_name_plural": "结对",
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="pairing_state_due"),
                    models.Index(fields=["cadre", "state"], name="pairing_cadre"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "paired")),
                        fields=("file", "role"),
                        name="pairing_one_of_each_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["paired", "unpaired"])), name="pairing_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "paired"), _negated=True),
                            ("visit_due_on__isnull", False),
                            _connector="OR",
                        ),
                        name="pairing_has_next_visit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "unpaired"), _negated=True),
                            ("ended_on__isnull", False),
                            _connector="OR",
                        ),
                        name="pairing_ended_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AidPlan",
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
                    models.CharField(editable=False, max_length=30, unique=True, verbose_name="方案编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "草拟中"),
                            ("offered", "待家庭确认"),
                            ("agreed", "待批方案"),
                            ("in_force", "实施中"),
                            ("concluded", "已办结方案"),
                            ("abandoned", "已作废方案"),
                        ],
                        default="drafted",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="assistance.hardshipfile",
                        verbose_name="档案",
                    ),
                ),
                ("goal", models.BinaryField(editable=True, verbose_name="帮扶目标")),
                (
                    "drafted_on",
                    models.DateField(default=niangjia.kernel.clock.today, verbose_name="拟定日期"),
                ),
                ("agreed_on", models.DateField(null=True, verbose_name="家庭确认日期")),
                ("signed_paper", models.CharField(blank=True, max_length=60, verbose_name="签字件存放处")),
                ("approved_on", models.DateField(null=True, verbose_name="批准日期")),
                ("review_on", models.DateField(null=True, verbose_name="下次复核")),
                ("concluded_on", models.DateField(null=True, verbose_name="办结日期")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("out", "已脱困"), ("carried_over", "转入下一年度"), ("ended", "终止帮扶")],
                        max_length=20,
                        verbose_name="结果",
                    ),
                ),
            ],
            options={
                "verbose_name": "帮扶方案",
                "verbose_name_plural": "帮扶方案",
                "indexes": [models.Index(fields=["state", "due_on"], name="aid_plan_state_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("concluded", "abandoned")), _negated=True),
                        fields=("file",),
                        name="aid_plan_one_running_per_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["drafted", "offered", "agreed", "in_force", "concluded", "abandoned"],
                            )
                        ),
                        name="aid_plan_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("agreed", "in_force", "concluded")), _negated=True),
                            ("agreed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="aid_plan_follows_agreement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("in_force", "concluded")), _negated=True),
                            models.Q(("approved_on__isnull", False), ("review_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="aid_plan_in_force_is_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "concluded"), _negated=True),
                            models.Q(
                                ("concluded_on__isnull", False), models.Q(("result", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="aid_plan_concluded_has_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncomeRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incomes",
                        to="assistance.hardshipfile",
                        verbose_name="档案",
                    ),
                ),
                ("as_of", models.DateField(verbose_name="截至日期")),
                ("household_size", models.PositiveSmallIntegerField(verbose_name="共同生活人数")),
                ("yearly_income_amount", models.BigIntegerField(verbose_name="家庭年收入")),
                ("source", models.CharField(max_length=60, verbose_name="依据")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录人",
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
                ("voided_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "收入记录",
                "verbose_name_plural": "收入记录",
                "ordering": ["as_of", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("file", "as_of"),
                        name="income_once_per_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("household_size__gte", 1)), name="income_of_somebody"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DataProvision",
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
                        verbose_name="提供工会",
                    ),
                ),
                ("receiver", models.CharField(max_length=80, verbose_name="接收机构")),
                ("purpose", models.CharField(max_length=60, verbose_name="用途")),
                ("fields", models.CharField(max_length=200, verbose_name="提供的内容")),
                ("row_count", models.PositiveIntegerField(verbose_name="行数")),
                ("digest", models.CharField(max_length=64, verbose_name="文件摘要")),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提供人",
                    ),
                ),
                ("sent_at", models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="提供时间")),
                (
                    "files",
                    models.ManyToManyField(
                        related_name="provisions", to="assistance.hardshipfile", verbose_name="档案"
                    ),
                ),
            ],
            options={
                "verbose_name": "对外提供记录",
                "verbose_name_plural": "对外提供记录",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PersuasionVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="assistance.schoolingcase",
                        verbose_name="劝学个案",
                    ),
                ),
                ("visited_on", models.DateField(verbose_name="走访日期")),
                ("team", models.CharField(max_length=100, verbose_name="劝学小分队")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("absent", "没有见到人"),
                            ("refuses", "不愿返校"),
                            ("wavers", "正在考虑"),
                            ("agrees", "愿意返校"),
                        ],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("said", models.BinaryField(editable=True, verbose_name="走访情况")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录人",
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
            ],
            options={
                "verbose_name": "劝学走访",
                "verbose_name_plural": "劝学走访",
                "ordering": ["-visited_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SchoolSupport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supports",
                        to="assistance.schoolingcase",
                        verbose_name="劝学个案",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rent", "陪读租房"),
                            ("living_costs", "寄宿生活费"),
                            ("tutoring", "补课和学习用品"),
                            ("travel", "上学交通"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                ("source", models.CharField(max_length=60, verbose_name="资金来源")),
                ("from_on", models.DateField(verbose_name="开始日期")),
                ("until_on", models.DateField(verbose_name="截止日期")),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
            ],
            options={
                "verbose_name": "就学专项帮扶",
                "verbose_name_plural": "就学专项帮扶",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="school_support_of_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="school_support_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampledFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "spot_check",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sampled",
                        to="assistance.spotcheck",
                        verbose_name="档案抽查",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spot_checks",
                        to="assistance.hardshipfile",
                        verbose_name="档案",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="抽取顺序")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("consistent", "与档案一致"), ("discrepant", "与档案不符")],
                        max_length=20,
                        verbose_name="抽查结果",
                    ),
                ),
                (
                    "discrepancy",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("people", "家庭人口不符"),
                            ("income", "收入支出不符"),
                            ("belongings", "财产不符"),
                            ("cause", "致困原因不符"),
                            ("category", "困难类别不符"),
                            ("papers", "材料不全或不实"),
                            ("procedure", "程序不合规"),
                            ("out_of_hardship", "已不困难，没有退出"),
                        ],
                        max_length=20,
                        verbose_name="不符之处",
                    ),
                ),
                (
                    "findings",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="核实情况"),
                ),
                ("checked_on", models.DateField(null=True, verbose_name="核实日期")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="抽查人",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽中档案",
                "verbose_name_plural": "抽中档案",
                "ordering": ["spot_check", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("spot_check", "file"), name="sampled_file_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result", ""),
                            models.Q(
                                ("checked_on__isnull", False),
                                ("recorded_by__isnull", False),
                                ("result__in", ["consistent", "discrepant"]),
                            ),
                            _connector="OR",
                        ),
                        name="sampled_result_has_day_and_who",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "discrepant"), models.Q(("discrepancy", ""), _negated=True)),
                            models.Q(models.Q(("result", "discrepant"), _negated=True), ("discrepancy", "")),
                            _connector="OR",
                        ),
                        name="sampled_discrepancy_is_named",
                    ),
                ],
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
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="assistance.hardshipfile",
                        verbose_name="档案",
                    ),
                ),
                ("visited_on", models.DateField(verbose_name="入户日期")),
                ("companion", models.CharField(max_length=50, verbose_name="同行人")),
                ("household_size", models.PositiveSmallIntegerField(verbose_name="核实人数")),
                ("yearly_income_amount", models.BigIntegerField(verbose_name="核实年收入")),
                (
                    "housing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("owned", "自有住房"),
                            ("rented", "租住房屋"),
                            ("public", "公租房、廉租房"),
                            ("borrowed", "借住"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="住房情况",
                    ),
                ),
                ("has_spare_home", models.BooleanField(default=False, verbose_name="商品房两套以上")),
                ("has_vehicle", models.BooleanField(default=False, verbose_name="机动车")),
                ("has_business", models.BooleanField(default=False, verbose_name="经营实体")),
                ("has_large_savings", models.BooleanField(default=False, verbose_name="大额存款")),
                ("findings", models.BinaryField(editable=True, verbose_name="核查情况")),
                (
                    "conclusion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("true", "情况属实"),
                            ("partly", "部分属实"),
                            ("untrue", "情况不属实"),
                            ("unclear", "需要补充材料"),
                        ],
                        max_length=20,
                        verbose_name="核查结论",
                    ),
                ),
                (
                    "came_by",
                    models.CharField(
                        choices=[
                            ("online", "在线填写"),
                            ("phone", "手机断网填写"),
                            ("paper", "照纸质表录入"),
                            ("workbook", "Excel 上报"),
                        ],
                        default="online",
                        max_length=20,
                        verbose_name="记录方式",
                    ),
                ),
                (
                    "client_key",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="手机端键"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录人",
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
            ],
            options={
                "verbose_name": "入户核查",
                "verbose_name_plural": "入户核查",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="EconomicCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="assistance.hardshipfile",
                        verbose_name="档案",
                    ),
                ),
                ("checked_on", models.DateField(verbose_name="核对日期")),
                ("yearly_income_amount", models.BigIntegerField(verbose_name="核对年收入")),
                ("deposits_amount", models.BigIntegerField(verbose_name="存款")),
                ("investments_amount", models.BigIntegerField(verbose_name="投资净值")),
                ("homes", models.PositiveSmallIntegerField(verbose_name="住房套数")),
                ("has_car", models.BooleanField(verbose_name="有非营运汽车")),
                ("has_business", models.BooleanField(verbose_name="有商铺或雇工")),
                ("receives_relief", models.BooleanField(verbose_name="正享受政府救助")),
                ("note", models.BinaryField(blank=True, editable=True, null=True, verbose_name="核对说明")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录人",
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
            ],
            options={
                "verbose_name": "经济状况核对",
                "verbose_name_plural": "经济状况核对",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PairingStint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stints",
                        to="assistance.pairing",
                        verbose_name="结对",
                    ),
                ),
                (
                    "cadre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="结对人",
                    ),
                ),
                ("from_on", models.DateField(default=niangjia.kernel.clock.today, verbose_name="开始日期")),
                ("until_on", models.DateField(null=True, verbose_name="结束日期")),
            ],
            options={
                "verbose_name": "结对经历",
                "verbose_name_plural": "结对经历",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_on", None)),
                        fields=("pairing",),
                        name="pairing_one_open_stint",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on", None), ("until_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="pairing_stint_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PairVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="assistance.pairing",
                        verbose_name="结对",
                    ),
                ),
                (
                    "cadre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="看望人",
                    ),
                ),
                ("visited_on", models.DateField(verbose_name="看望日期")),
                (
                    "manner",
                    models.CharField(
                        choices=[
                            ("at_home", "上门看望"),
                            ("by_phone", "电话联系"),
                            ("elsewhere", "单位或其他地点见面"),
                        ],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("discussed", models.BinaryField(editable=True, verbose_name="谈了什么")),
                (
                    "next_steps",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="下一步"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录人",
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
            ],
            options={
                "verbose_name": "看望记录",
                "verbose_name_plural": "看望记录",
                "ordering": ["-visited_on", "-pk"],
                "indexes": [models.Index(fields=["visited_on"], name="pair_visit_day")],
            },
        ),
        migrations.CreateModel(
            name="HouseholdNeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="assistance.aidplan",
                        verbose_name="帮扶方案",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("living", "生活救助"),
                            ("medical", "医疗救助"),
                            ("schooling", "助学救助"),
                            ("disaster", "灾害救助"),
                            ("legal", "法律援助"),
                            ("training", "职业培训"),
                            ("job", "职业介绍"),
                            ("business", "创业帮扶"),
                            ("housing", "住房改善"),
                            ("home_care", "居家照料"),
                            ("rehabilitation", "辅助康复"),
                            ("surroundings", "环境维护"),
                            ("counselling", "心理咨询"),
                            ("tutoring", "课业辅导"),
                            ("group", "小组活动"),
                            ("volunteer", "志愿服务"),
                            ("other", "其他帮扶"),
                        ],
                        max_length=20,
                        verbose_name="需求类别",
                    ),
                ),
                (
                    "intensity",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "一般"), (2, "较急"), (3, "急需")], verbose_name="紧急程度"
                    ),
                ),
                ("note", models.BinaryField(blank=True, editable=True, null=True, verbose_name="说明")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录人",
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
                ("voided_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "家庭需求",
                "verbose_name_plural": "家庭需求",
                "ordering": ["-intensity", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("plan", "kind"),
                        name="need_kind_once_per_plan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("intensity__in", [1, 2, 3])), name="need_intensity_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AidMeasure",
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
                    models.CharField(editable=False, max_length=40, unique=True, verbose_name="措施编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("suggested", "拟定"),
                            ("planned", "待实施"),
                            ("under_way", "落实中"),
                            ("done", "已落实"),
                            ("dropped", "未实施"),
                        ],
                        default="suggested",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="assistance.aidplan",
                        verbose_name="帮扶方案",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("living", "生活救助"),
                            ("medical", "医疗救助"),
                            ("schooling", "助学救助"),
                            ("disaster", "灾害救助"),
                            ("legal", "法律援助"),
                            ("training", "职业培训"),
                            ("job", "职业介绍"),
                            ("business", "创业帮扶"),
                            ("housing", "住房改善"),
                            ("home_care", "居家照料"),
                            ("rehabilitation", "辅助康复"),
                            ("surroundings", "环境维护"),
                            ("counselling", "心理咨询"),
                            ("tutoring", "课业辅导"),
                            ("group", "小组活动"),
                            ("volunteer", "志愿服务"),
                            ("other", "其他帮扶"),
                        ],
                        max_length=20,
                        verbose_name="帮扶类别",
                    ),
                ),
                ("detail", models.BinaryField(editable=True, verbose_name="具体做法")),
                (
                    "beneficiary",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.person",
                        verbose_name="受帮扶人",
                    ),
                ),
                ("provider", models.CharField(max_length=60, verbose_name="落实单位")),
                ("begins_on", models.DateField(verbose_name="计划开始")),
                ("ends_on", models.DateField(verbose_name="计划完成")),
                ("amount", models.BigIntegerField(null=True, verbose_name="金额")),
                ("source", models.CharField(blank=True, max_length=60, verbose_name="资金来源")),
                ("begun_on", models.DateField(null=True, verbose_name="开始日期")),
                ("done_on", models.DateField(null=True, verbose_name="完成日期")),
                ("result", models.BinaryField(blank=True, editable=True, null=True, verbose_name="落实结果")),
                ("evidence", models.CharField(blank=True, max_length=100, verbose_name="凭证说明")),
            ],
            options={
                "verbose_name": "帮扶措施",
                "verbose_name_plural": "帮扶措施",
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="aid_measure_state_due"),
                    models.Index(fields=["done_on", "kind"], name="aid_measure_done_kind"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["suggested", "planned", "under_way", "done", "dropped"])
                        ),
                        name="aid_measure_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("begins_on"))),
                        name="aid_measure_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__isnull", True),
                            models.Q(("amount__gt", 0), models.Q(("source", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="aid_measure_money_has_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            ("done_on__isnull", False),
                            _connector="OR",
                        ),
                        name="aid_measure_done_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProvidedPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "provision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="assistance.dataprovision",
                        verbose_name="对外提供记录",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="provided",
                        to="membership.person",
                        verbose_name="人员",
                    ),
                ),
                ("is_taken_off", models.BooleanField(default=False, verbose_name="已从名单移除")),
            ],
            options={
                "verbose_name": "提供名单",
                "verbose_name_plural": "提供名单",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="VisitDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(editable=False, unique=True, verbose_name="手机端键")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visit_drafts",
                        to="assistance.hardshipfile",
                        verbose_name="档案",
                    ),
                ),
                (
                    "visitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核查人",
                    ),
                ),
                ("expected", models.PositiveSmallIntegerField(verbose_name="应到件数")),
                (
                    "begun_at",
                    models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="开始上报时间"),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "上报中"),
                            ("recorded", "已登记"),
                            ("added", "已补充登记"),
                            ("combined", "已合并登记"),
                            ("dropped", "已采用对方登记"),
                        ],
                        max_length=20,
                        verbose_name="结果",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assistance.homevisit",
                        verbose_name="入户核查",
                    ),
                ),
                ("fingerprint", models.CharField(blank=True, max_length=64, verbose_name="内容指纹")),
                ("done_at", models.DateTimeField(null=True, verbose_name="办结时间")),
            ],
            options={
                "verbose_name": "上报中的核查",
                "verbose_name_plural": "上报中的核查",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("outcome", "")),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("done_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_draft_done_has_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["", "dropped"]), ("visit__isnull", False), _connector="OR"
                        ),
                        name="visit_draft_recorded_has_visit",
                    ),
                ],
            },
        ),
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
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="assistance.hardshipfile",
                        verbose_name="档案",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="assistance.homevisit",
                        verbose_name="入户核查",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("identity", "身份证件"),
                            ("register", "户口簿"),
                            ("income", "收入证明"),
                            ("allowance", "低保或特困证明"),
                            ("medical", "病情与医疗费"),
                            ("disability", "残疾证"),
                            ("school", "就学证明"),
                            ("contract", "劳动合同"),
                            ("jobless", "失业登记"),
                            ("loss", "事故或灾情证明"),
                            ("application", "签字的申请书"),
                            ("authorisation", "核对授权委托书"),
                            ("minutes", "工会会议记录"),
                            ("visit", "入户照片"),
                            ("signature", "被核查人签字"),
                            ("companion", "同行人签字"),
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("file", "stored", "kind"),
                        name="attachment_once_per_file",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureEvidence",
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
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="assistance.aidmeasure",
                        verbose_name="帮扶措施",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("receipt", "发放或收款凭证"),
                            ("contract", "劳动合同或录用证明"),
                            ("certificate", "结业或资格证书"),
                            ("photo", "现场照片"),
                            ("other", "其他凭证"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
            ],
            options={
                "verbose_name": "措施凭证",
                "verbose_name_plural": "措施凭证",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("measure", "stored", "kind"),
                        name="evidence_once_per_measure",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="assistance.visitdraft",
                        verbose_name="上报中的核查",
                    ),
                ),
                ("slot", models.CharField(max_length=60, verbose_name="件名")),
                (
                    "stored",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.storedfile",
                        verbose_name="文件",
                    ),
                ),
                ("came_at", models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="收到时间")),
            ],
            options={
                "verbose_name": "核查附件分件",
                "verbose_name_plural": "核查附件分件",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("draft", "slot"), name="draft_part_once")],
            },
        ),
        migrations.CreateModel(
            name="Twinning",
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
                    models.CharField(editable=False, max_length=30, unique=True, verbose_name="县区结对编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_approve", "待批准"),
                            ("twinned", "结对中"),
                            ("parted", "已结束结对"),
                            ("turned_down", "未批准"),
                        ],
                        default="to_approve",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("basis", models.CharField(max_length=100, verbose_name="文件依据")),
                ("from_on", models.DateField(verbose_name="结对开始")),
                ("until_on", models.DateField(verbose_name="结对到期")),
                ("approved_on", models.DateField(null=True, verbose_name="批准日期")),
                ("ended_on", models.DateField(null=True, verbose_name="结束日期")),
                (
                    "helped",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unionbody",
                        verbose_name="受助工会",
                    ),
                ),
                (
                    "helper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unionbody",
                        verbose_name="帮扶工会",
                    ),
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
            ],
            options={
                "verbose_name": "县区结对",
                "verbose_name_plural": "县区结对",
                "indexes": [models.Index(fields=["state", "due_on"], name="twinning_state_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("to_approve", "twinned"))),
                        fields=("helper", "helped"),
                        name="twinning_runs_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["to_approve", "twinned", "parted", "turned_down"])),
                        name="twinning_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("helper", models.F("helped")), _negated=True),
                        name="twinning_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="twinning_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["twinned", "parted"]), _negated=True),
                            ("approved_on__isnull", False),
                            _connector="OR",
                        ),
                        name="twinning_in_force_is_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "parted"), _negated=True),
                            ("ended_on__isnull", False),
                            _connector="OR",
                        ),
                        name="twinning_ended_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountyProject",
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
                    models.CharField(editable=False, max_length=30, unique=True, verbose_name="项目编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planning", "编制计划"),
                            ("awaiting_funds", "待安排资金"),
                            ("funded", "待开工"),
                            ("started", "在建"),
                            ("finished", "已竣工"),
                            ("halted", "已终止"),
                        ],
                        default="planning",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="项目名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("square", "职工文化广场"),
                            ("service_centre", "农民工服务中心"),
                            ("activity_centre", "农民工文化活动中心"),
                            ("other", "其他项目"),
                        ],
                        max_length=20,
                        verbose_name="项目类别",
                    ),
                ),
                ("place", models.CharField(max_length=100, verbose_name="建设地点")),
                ("total_amount", models.BigIntegerField(verbose_name="总投资")),
                ("plan_by", models.DateField(verbose_name="计划编制期限")),
                ("fund_by", models.DateField(verbose_name="资金安排期限")),
                ("start_by", models.DateField(verbose_name="开工期限")),
                ("finish_by", models.DateField(verbose_name="竣工期限")),
                (
                    "drafted_on",
                    models.DateField(default=niangjia.kernel.clock.today, verbose_name="登记日期"),
                ),
                ("planned_on", models.DateField(null=True, verbose_name="计划编制日期")),
                ("funded_on", models.DateField(null=True, verbose_name="资金安排日期")),
                ("started_on", models.DateField(null=True, verbose_name="开工日期")),
                ("finished_on", models.DateField(null=True, verbose_name="竣工日期")),
                ("abandoned_on", models.DateField(null=True, verbose_name="终止日期")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unionbody",
                        verbose_name="承办工会",
                    ),
                ),
            ],
            options={
                "verbose_name": "县项目",
                "verbose_name_plural": "县项目",
                "indexes": [models.Index(fields=["state", "due_on"], name="county_project_state_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("planning", "awaiting_funds", "funded", "started"))
                        ),
                        fields=("unit",),
                        name="county_project_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["planning", "awaiting_funds", "funded", "started", "finished", "halted"],
                            )
                        ),
                        name="county_project_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total_amount__gt", 0)), name="county_project_costs_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finish_by__gte", models.F("start_by")),
                            ("fund_by__gte", models.F("plan_by")),
                            ("start_by__gte", models.F("fund_by")),
                        ),
                        name="county_project_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["funded", "started", "finished"]), _negated=True),
                            models.Q(("funded_on__isnull", False), ("planned_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="county_project_start_follows_funding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "finished"), _negated=True),
                            models.Q(
                                ("finished_on__gte", models.F("started_on")),
                                ("started_on__gte", models.F("funded_on")),
                            ),
                            _connector="OR",
                        ),
                        name="county_project_end_follows_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectFunding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("twin", "结对工会"),
                            ("union_above", "上级工会"),
                            ("government", "财政资金"),
                            ("own", "本级自筹"),
                            ("donation", "社会捐助"),
                        ],
                        max_length=20,
                        verbose_name="资金来源",
                    ),
                ),
                ("payer", models.CharField(max_length=100, verbose_name="出资单位")),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funding",
                        to="assistance.countyproject",
                        verbose_name="县项目",
                    ),
                ),
                (
                    "twinning",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funding",
                        to="assistance.twinning",
                        verbose_name="县区结对",
                    ),
                ),
            ],
            options={
                "verbose_name": "项目资金来源",
                "verbose_name_plural": "项目资金来源",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "payer"), name="project_funding_payer_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="project_funding_is_money"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "twin"), ("twinning__isnull", False)),
                            models.Q(models.Q(("kind", "twin"), _negated=True), ("twinning__isnull", True)),
                            _connector="OR",
                        ),
                        name="project_funding_twin_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TwinningHelp",
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
                    models.CharField(editable=False, max_length=40, unique=True, verbose_name="帮助编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("promised", "待落实"),
                            ("given", "待受助方确认"),
                            ("arrived", "已确认"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="promised",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("money", "送资金"), ("advice", "指门路")],
                        max_length=10,
                        verbose_name="帮扶方式",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("cadre_training", "干部培训"),
                            ("visits", "走访慰问"),
                            ("reading_room", "职工书屋"),
                            ("event", "职工活动"),
                            ("service_centre", "服务中心"),
                            ("jobs", "就业岗位"),
                            ("market", "产品销路"),
                            ("guidance", "业务指导"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="用途",
                    ),
                ),
                ("detail", models.TextField(max_length=1000, verbose_name="具体内容")),
                ("planned_on", models.DateField(verbose_name="计划日期")),
                ("amount", models.BigIntegerField(null=True, verbose_name="计划金额")),
                ("given_on", models.DateField(null=True, verbose_name="拨付或落实日期")),
                ("confirmed_on", models.DateField(null=True, verbose_name="到账或落实日期")),
                ("arrived_amount", models.BigIntegerField(null=True, verbose_name="到账金额")),
                (
                    "twinning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="help",
                        to="assistance.twinning",
                        verbose_name="县区结对",
                    ),
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
            ],
            options={
                "verbose_name": "结对帮助",
                "verbose_name_plural": "结对帮助",
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="twinning_help_state_due"),
                    models.Index(fields=["confirmed_on"], name="twinning_help_confirmed"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["promised", "given", "arrived", "withdrawn"])),
                        name="twinning_help_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("amount__isnull", False), ("kind", "money")),
                            models.Q(("amount__isnull", True), ("kind", "advice")),
                            _connector="OR",
                        ),
                        name="twinning_help_money_has_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["given", "arrived"]), _negated=True),
                            ("given_on__isnull", False),
                            _connector="OR",
                        ),
                        name="twinning_help_given_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "arrived"), _negated=True),
                            models.Q(("confirmed_on__isnull", False), ("kind", "advice")),
                            models.Q(
                                ("arrived_amount__gt", 0),
                                ("arrived_amount__lte", models.F("amount")),
                                ("confirmed_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="twinning_help_confirmed_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpPaper",
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
                            ("transfer", "拨款凭证"),
                            ("receipt", "到账凭证"),
                            ("attendance", "签到表"),
                            ("photo", "现场照片"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="类别",
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
                    "help",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="assistance.twinninghelp",
                        verbose_name="结对帮助",
                    ),
                ),
            ],
            options={
                "verbose_name": "帮助凭证",
                "verbose_name_plural": "帮助凭证",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("help", "stored", "kind"),
                        name="help_paper_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectPaper",
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
                            ("plan", "项目计划书"),
                            ("funding", "资金文件"),
                            ("start", "开工证明"),
                            ("acceptance", "竣工验收"),
                            ("photo", "现场照片"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="类别",
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
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="assistance.countyproject",
                        verbose_name="县项目",
                    ),
                ),
                (
                    "stored",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.storedfile",
                        verbose_name="文件",
                    ),
                ),
            ],
            options={
                "verbose_name": "项目材料",
                "verbose_name_plural": "项目材料",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("project", "stored", "kind"),
                        name="project_paper_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PairedVillage",
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
                    models.CharField(editable=False, max_length=30, unique=True, verbose_name="帮扶村编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("helped", "帮扶中"), ("help_ended", "已结束帮扶")],
                        default="helped",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="村名")),
                ("distance_km", models.PositiveSmallIntegerField(null=True, verbose_name="距县城公里数")),
                ("basis", models.CharField(max_length=100, verbose_name="文件依据")),
                ("from_on", models.DateField(verbose_name="帮扶开始")),
                ("until_on", models.DateField(verbose_name="帮扶到期")),
                ("surveyed_on", models.DateField(null=True, verbose_name="调研日期")),
                ("households", models.PositiveIntegerField(null=True, verbose_name="全村户数")),
                ("findings", models.TextField(blank=True, max_length=1000, verbose_name="调研情况")),
                ("ended_on", models.DateField(null=True, verbose_name="结束日期")),
                (
                    "town",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.region",
                        verbose_name="所在乡镇",
                    ),
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
            ],
            options={
                "verbose_name": "帮扶村",
                "verbose_name_plural": "帮扶村",
                "indexes": [models.Index(fields=["state", "due_on"], name="village_state_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "helped")),
                        fields=("unit", "town", "name"),
                        name="village_helped_once_by_a_union",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["helped", "help_ended"])),
                        name="village_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="village_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on", None), ("state", "helped")),
                            models.Q(("ended_on__isnull", False), ("state", "help_ended")),
                            _connector="OR",
                        ),
                        name="village_ended_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VillageDividend",
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
                    models.CharField(editable=False, max_length=40, unique=True, verbose_name="分红编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("to_confirm", "待核对"), ("certified", "已确认"), ("disallowed", "未通过")],
                        default="to_confirm",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="分红年度")),
                ("amount", models.BigIntegerField(verbose_name="分红金额")),
                ("households", models.PositiveIntegerField(verbose_name="分红户数")),
                ("evidence", models.CharField(max_length=100, verbose_name="核对依据")),
                ("confirmed_on", models.DateField(null=True, verbose_name="确认日期")),
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
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dividends",
                        to="assistance.pairedvillage",
                        verbose_name="帮扶村",
                    ),
                ),
            ],
            options={
                "verbose_name": "村集体分红",
                "verbose_name_plural": "村集体分红",
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="dividend_state_due"),
                    models.Index(fields=["confirmed_on"], name="dividend_confirmed"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "disallowed"), _negated=True),
                        fields=("village", "year"),
                        name="dividend_once_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["to_confirm", "certified", "disallowed"])),
                        name="dividend_state_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="dividend_is_money"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_on__isnull", False), ("state", "certified")),
                            models.Q(models.Q(("state", "certified"), _negated=True), ("confirmed_on", None)),
                            _connector="OR",
                        ),
                        name="dividend_certified_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VillageFunding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_on", models.DateField(verbose_name="拨付日期")),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                ("document", models.CharField(max_length=100, verbose_name="拨付文件")),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funding",
                        to="assistance.pairedvillage",
                        verbose_name="帮扶村",
                    ),
                ),
            ],
            options={
                "verbose_name": "帮扶村资金",
                "verbose_name_plural": "帮扶村资金",
                "ordering": ["-given_on", "-pk"],
                "indexes": [models.Index(fields=["given_on"], name="village_funding_given")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("village", "document"), name="village_funding_document_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="village_funding_is_money"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VillageIndustry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="产业名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("planting", "种植"),
                            ("breeding", "养殖"),
                            ("processing", "加工"),
                            ("tourism", "乡村旅游"),
                            ("commerce", "电商"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="产业类别",
                    ),
                ),
                ("area_mu", models.PositiveIntegerField(default=0, verbose_name="面积（亩）")),
                ("households", models.PositiveIntegerField(default=0, verbose_name="受益户数")),
                ("started_on", models.DateField(null=True, verbose_name="投产日期")),
                ("stopped_on", models.DateField(null=True, verbose_name="停办日期")),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="industries",
                        to="assistance.pairedvillage",
                        verbose_name="帮扶村",
                    ),
                ),
            ],
            options={
                "verbose_name": "村产业",
                "verbose_name_plural": "村产业",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("village", "name"), name="village_industry_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stopped_on", None),
                            models.Q(
                                ("started_on__isnull", False), ("stopped_on__gte", models.F("started_on"))
                            ),
                            _connector="OR",
                        ),
                        name="village_industry_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VillagePosting",
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
                    models.CharField(editable=False, max_length=40, unique=True, verbose_name="驻村编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_approve", "待批准"),
                            ("posted", "驻村中"),
                            ("relieved", "已离任"),
                            ("turned_down", "未批准"),
                        ],
                        default="to_approve",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("first_secretary", "第一书记"), ("team_member", "驻村工作队员")],
                        max_length=20,
                        verbose_name="驻村职务",
                    ),
                ),
                ("basis", models.CharField(max_length=100, verbose_name="文件依据")),
                ("from_on", models.DateField(verbose_name="任期开始")),
                ("until_on", models.DateField(verbose_name="任期届满")),
                ("approved_on", models.DateField(null=True, verbose_name="批准日期")),
                ("ended_on", models.DateField(null=True, verbose_name="离任日期")),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="驻村干部",
                    ),
                ),
                (
                    "successor",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessor",
                        to="assistance.villageposting",
                        verbose_name="接任",
                    ),
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
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="assistance.pairedvillage",
                        verbose_name="帮扶村",
                    ),
                ),
            ],
            options={
                "verbose_name": "驻村任职",
                "verbose_name_plural": "驻村任职",
                "indexes": [models.Index(fields=["state", "due_on"], name="posting_state_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("role", "first_secretary"), ("state__in", ("to_approve", "posted"))
                        ),
                        fields=("village", "state"),
                        name="posting_one_first_secretary",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("to_approve", "posted"))),
                        fields=("officer",),
                        name="posting_in_one_village_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["to_approve", "posted", "relieved", "turned_down"])
                        ),
                        name="posting_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="posting_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["posted", "relieved"]), _negated=True),
                            ("approved_on__isnull", False),
                            _connector="OR",
                        ),
                        name="posting_in_force_is_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "relieved"), _negated=True),
                            ("ended_on__isnull", False),
                            _connector="OR",
                        ),
                        name="posting_ended_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostingWork",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("done_on", models.DateField(verbose_name="工作日期")),
                (
                    "role",
                    models.CharField(
                        choices=[("adviser", "参谋员"), ("liaison", "联络员"), ("service", "服务员")],
                        max_length=10,
                        verbose_name="角色",
                    ),
                ),
                ("detail", models.TextField(max_length=1000, verbose_name="做了什么")),
                ("recorded_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work",
                        to="assistance.villageposting",
                        verbose_name="驻村任职",
                    ),
                ),
            ],
            options={
                "verbose_name": "驻村工作记录",
                "verbose_name_plural": "驻村工作记录",
                "ordering": ["-done_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="MilestoneDelay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("planned", models.CharField(editable=False, max_length=20, verbose_name="节点")),
                ("before_on", models.DateField(verbose_name="原定期限")),
                ("after_on", models.DateField(verbose_name="推迟到")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delays",
                        to="assistance.countyproject",
                        verbose_name="县项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "节点推迟",
                "verbose_name_plural": "节点推迟",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("after_on__gt", models.F("before_on"))),
                        name="milestone_delay_is_later",
                    )
                ],
            },
        ),
    ]
