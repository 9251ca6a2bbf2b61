import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import niangjia.kernel.clock
import niangjia.kernel.fields.ordered
from niangjia.kernel.tables import NewTables


class Migration(NewTables):
    initial = True

    dependencies = [
        ("kernel", "0001_create_kernel"),
        ("organisation", "0001_create_organisation"),
    ]

    operations = [
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
                (
                    "identity_checked_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="证件核验日期"),
                ),
                ("id_number_index", models.BinaryField(unique=True)),
                ("phone", models.BinaryField(blank=True, editable=True, null=True, verbose_name="手机号")),
                ("phone_index", models.BinaryField(db_index=True, null=True)),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱")),
                (
                    "ethnicity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("01", "汉族"),
                            ("02", "蒙古族"),
                            ("03", "回族"),
                            ("04", "藏族"),
                            ("05", "维吾尔族"),
                            ("06", "苗族"),
                            ("07", "彝族"),
                            ("08", "壮族"),
                            ("09", "布依族"),
                            ("10", "朝鲜族"),
                            ("11", "满族"),
                            ("12", "侗族"),
                            ("13", "瑶族"),
                            ("14", "白族"),
                            ("15", "土家族"),
                            ("16", "哈尼族"),
                            ("17", "哈萨克族"),
                            ("18", "傣族"),
                            ("19", "黎族"),
                            ("20", "傈僳族"),
                            ("21", "佤族"),
                            ("22", "畲族"),
                            ("23", "高山族"),
                            ("24", "拉祜族"),
                            ("25", "水族"),
                            ("26", "东乡族"),
                            ("27", "纳西族"),
                            ("28", "景颇族"),
                            ("29", "柯尔克孜族"),
                            ("30", "土族"),
                            ("31", "达斡尔族"),
                            ("32", "仫佬族"),
                            ("33", "羌族"),
                            ("34", "布朗族"),
                            ("35", "撒拉族"),
                            ("36", "毛南族"),
                            ("37", "仡佬族"),
                            ("38", "锡伯族"),
                            ("39", "阿昌族"),
                            ("40", "普米族"),
                            ("41", "塔吉克族"),
                            ("42", "怒族"),
                            ("43", "乌孜别克族"),
                            ("44", "俄罗斯族"),
                            ("45", "鄂温克族"),
                            ("46", "德昂族"),
                            ("47", "保安族"),
                            ("48", "裕固族"),
                            ("49", "京族"),
                            ("50", "塔塔尔族"),
                            ("51", "独龙族"),
                            ("52", "鄂伦春族"),
                            ("53", "赫哲族"),
                            ("54", "门巴族"),
                            ("55", "珞巴族"),
                            ("56", "基诺族"),
                            ("97", "其他民族"),
                            ("98", "外国血统中国籍人士"),
                        ],
                        max_length=2,
                        verbose_name="民族",
                    ),
                ),
                (
                    "political_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("01", "中共党员"),
                            ("02", "中共预备党员"),
                            ("03", "共青团员"),
                            ("04", "民革党员"),
                            ("05", "民盟盟员"),
                            ("06", "民建会员"),
                            ("07", "民进会员"),
                            ("08", "农工党党员"),
                            ("09", "致公党党员"),
                            ("10", "九三学社社员"),
                            ("11", "台盟盟员"),
                            ("12", "无党派人士"),
                            ("13", "群众"),
                        ],
                        max_length=2,
                        verbose_name="政治面貌",
                    ),
                ),
                (
                    "education",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("10", "研究生"),
                            ("20", "大学本科"),
                            ("30", "大学专科"),
                            ("40", "中专、技校"),
                            ("60", "高中"),
                            ("70", "初中"),
                            ("80", "小学"),
                            ("90", "其他"),
                        ],
                        max_length=2,
                        verbose_name="文化程度",
                    ),
                ),
                (
                    "skill_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "无等级"),
                            ("apprentice", "学徒工"),
                            ("5", "初级工"),
                            ("4", "中级工"),
                            ("3", "高级工"),
                            ("2", "技师"),
                            ("1", "高级技师"),
                            ("special", "特级技师"),
                            ("chief", "首席技师"),
                        ],
                        max_length=10,
                        verbose_name="技术等级",
                    ),
                ),
                (
                    "residency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("local_town", "本地城镇"),
                            ("local_country", "本地农村"),
                            ("outside_town", "外地城镇"),
                            ("outside_country", "外地农村"),
                        ],
                        max_length=20,
                        verbose_name="户籍类型",
                    ),
                ),
                (
                    "marital_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("10", "未婚"),
                            ("20", "已婚"),
                            ("30", "丧偶"),
                            ("40", "离婚"),
                            ("90", "未说明"),
                        ],
                        max_length=2,
                        verbose_name="婚姻状况",
                    ),
                ),
                ("accepts_messages", models.BooleanField(default=True, verbose_name="接收进度短信")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="登记时间"
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="membership.person",
                        verbose_name="已并入",
                    ),
                ),
                ("id_number_index_next", models.BinaryField(max_length=16, null=True, unique=True)),
                ("phone_index_next", models.BinaryField(db_index=True, max_length=16, null=True)),
            ],
            options={
                "verbose_name": "人员",
                "verbose_name_plural": "人员",
                "indexes": [
                    models.Index(fields=["name", "id"], name="person_name"),
                    models.Index(fields=["pinyin", "id"], name="person_pinyin"),
                    models.Index(fields=["initials", "id"], name="person_initials"),
                    models.Index(fields=["born_on", "pinyin"], name="person_birth_reading"),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="person_tombstones",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="person_not_own_tombstone",
                    )
                ],
            },
        ),
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
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="households",
                        to="organisation.unionbody",
                        verbose_name="登记工会",
                    ),
                ),
                ("address", models.BinaryField(blank=True, editable=True, null=True, verbose_name="住址")),
                ("created_at", models.DateTimeField(default=niangjia.kernel.clock.now, editable=False)),
            ],
            options={
                "verbose_name": "家庭",
                "verbose_name_plural": "家庭",
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="membership.person",
                        verbose_name="人员",
                    ),
                ),
                ("purpose", models.CharField(max_length=60, verbose_name="事项")),
                (
                    "how",
                    models.CharField(
                        choices=[("online", "本人在网上"), ("paper", "签字的书面材料")],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("given_on", models.DateField(default=niangjia.kernel.clock.today, verbose_name="同意日期")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录人",
                    ),
                ),
                ("withdrawn_on", models.DateField(null=True, verbose_name="撤回日期")),
            ],
            options={
                "verbose_name": "同意",
                "verbose_name_plural": "同意",
                "indexes": [
                    models.Index(
                        condition=models.Q(("withdrawn_on", None)),
                        fields=["person", "purpose"],
                        name="consent_standing",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on", None),
                            ("withdrawn_on__gte", models.F("given_on")),
                            _connector="OR",
                        ),
                        name="consent_period_holds",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicatePair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.person",
                        verbose_name="较早登记",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.person",
                        verbose_name="较晚登记",
                    ),
                ),
                ("why", models.JSONField(default=list, verbose_name="相似之处")),
                ("strength", models.PositiveSmallIntegerField(verbose_name="相似程度")),
                (
                    "found_at",
                    models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="发现时间"),
                ),
                (
                    "seen_at",
                    models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="最近一次比对"),
                ),
                ("is_escalated", models.BooleanField(default=False, verbose_name="下级提请")),
                ("dismissed_at", models.DateTimeField(null=True, verbose_name="排除时间")),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="排除人",
                    ),
                ),
            ],
            options={
                "verbose_name": "疑似重复",
                "verbose_name_plural": "疑似重复",
                "indexes": [
                    models.Index(
                        condition=models.Q(("dismissed_at", None)),
                        fields=["-is_escalated", "-strength", "id"],
                        name="duplicate_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="duplicate_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="duplicate_pair_ordered"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dismissed_at", None), ("dismissed_by", None)),
                            models.Q(("dismissed_at__isnull", False), ("dismissed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="duplicate_dismissed_by_somebody",
                    ),
                ],
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
            ],
            options={
                "verbose_name": "家庭成员",
                "verbose_name_plural": "家庭成员",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_on", None)),
                        fields=("person",),
                        name="household_one_current_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on", None), ("until_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="household_period_holds",
                    ),
                ],
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
                (
                    "state_since",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="进入本状态时间"
                    ),
                ),
                ("due_on", models.DateField(editable=False, null=True, verbose_name="办理期限")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="organisation.unionbody",
                        verbose_name="所属工会",
                    ),
                ),
                ("number", models.CharField(max_length=30, verbose_name="会员编号")),
                (
                    "stint",
                    models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="第几段会籍"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "在会"),
                            ("warned", "催告中"),
                            ("retention_asked", "申请保留"),
                            ("retained", "保留会籍"),
                            ("left", "已离会"),
                        ],
                        default="active",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="membership.person",
                        verbose_name="人员",
                    ),
                ),
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
                ("occupation", models.CharField(blank=True, max_length=40, verbose_name="工种或职务")),
                (
                    "employment",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("permanent_staff", "在编"),
                            ("contract", "劳动合同"),
                            ("dispatched", "劳务派遣"),
                            ("outsourced", "劳务外包"),
                            ("part_time", "非全日制"),
                            ("flexible", "灵活就业"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="用工形式",
                    ),
                ),
                (
                    "new_employment",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("truck_driver", "货车司机"),
                            ("ride_hailing_driver", "网约车司机"),
                            ("courier", "快递员"),
                            ("food_rider", "外卖配送员"),
                            ("domestic_worker", "家政服务员"),
                            ("care_worker", "护理护工"),
                            ("designated_driver", "代驾员"),
                            ("live_streamer", "网络主播"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="新就业形态",
                    ),
                ),
                ("is_migrant", models.BooleanField(default=False, verbose_name="农民工")),
                ("joined_on", models.DateField(verbose_name="入会日期")),
                ("retained_on", models.DateField(blank=True, null=True, verbose_name="保留会籍日期")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="离会日期")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("retired", "退休"),
                            ("unemployed", "失业"),
                            ("employer_closed", "单位关闭破产"),
                            ("study_or_service", "脱产学习或参军"),
                            ("care_leave", "长期病休或照护家人"),
                            ("resigned", "本人退会"),
                            ("lapsed", "自动退会"),
                            ("died", "死亡"),
                            ("expelled", "开除"),
                            ("transferred", "转往其他工会"),
                            ("voided", "登记作废"),
                        ],
                        max_length=20,
                        verbose_name="保留或离会原因",
                    ),
                ),
            ],
            options={
                "verbose_name": "会员",
                "verbose_name_plural": "会员",
                "indexes": [
                    models.Index(fields=["person", "unit", "id"], name="member_whose_and_where"),
                    models.Index(
                        condition=models.Q(("due_on__isnull", False)), fields=["due_on"], name="member_due"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number", "stint"), name="member_number_once_a_stint"),
                    models.UniqueConstraint(
                        condition=models.Q(("left_on", None)),
                        fields=("person",),
                        name="member_one_current_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["active", "warned", "retention_asked", "retained", "left"])
                        ),
                        name="member_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on", None), ("left_on__gte", models.F("joined_on")), _connector="OR"
                        ),
                        name="member_period_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("left_on__isnull", False),
                                (
                                    "reason__in",
                                    ["resigned", "lapsed", "died", "expelled", "transferred", "voided"],
                                ),
                                ("state", "left"),
                            ),
                            models.Q(models.Q(("state", "left"), _negated=True), ("left_on", None)),
                            _connector="OR",
                        ),
                        name="member_left_has_day_and_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "retained"), _negated=True),
                            models.Q(
                                (
                                    "reason__in",
                                    [
                                        "retired",
                                        "unemployed",
                                        "employer_closed",
                                        "study_or_service",
                                        "care_leave",
                                    ],
                                ),
                                ("retained_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="member_retained_has_day_and_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="card_checks",
                        to="membership.member",
                        verbose_name="会员",
                    ),
                ),
                ("code_digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "at",
                    models.DateTimeField(
                        db_index=True, default=niangjia.kernel.clock.now, verbose_name="核验时间"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unionbody",
                        verbose_name="核验单位",
                    ),
                ),
                ("times", models.PositiveIntegerField(default=1, verbose_name="次数")),
            ],
            options={
                "verbose_name": "会员证核验",
                "verbose_name_plural": "会员证核验",
            },
        ),
        migrations.CreateModel(
            name="PersonMerge",
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
                    models.CharField(editable=False, max_length=30, unique=True, verbose_name="合并编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待复核合并"),
                            ("merged", "已合并"),
                            ("rejected", "不合并"),
                            ("undone", "已撤销合并"),
                        ],
                        default="proposed",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="membership.duplicatepair",
                        verbose_name="疑似重复",
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.person",
                        verbose_name="保留的登记",
                    ),
                ),
                (
                    "gone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.person",
                        verbose_name="并入的登记",
                    ),
                ),
                ("taken", models.JSONField(default=list, verbose_name="取自并入登记的资料")),
                ("afterwards", models.JSONField(default=dict, editable=False, verbose_name="合并时的情形")),
                (
                    "proposed_on",
                    models.DateField(default=niangjia.kernel.clock.today, verbose_name="提出日期"),
                ),
                ("merged_on", models.DateField(null=True, verbose_name="合并日期")),
            ],
            options={
                "verbose_name": "人员合并",
                "verbose_name_plural": "人员合并",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("proposed", "merged"))),
                        fields=("gone",),
                        name="merge_one_running_per_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("proposed", "merged"))),
                        fields=("pair",),
                        name="merge_one_running_per_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "merged", "rejected", "undone"])),
                        name="merge_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("gone")), _negated=True), name="merge_of_two"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "merged"), _negated=True),
                            ("merged_on__isnull", False),
                            _connector="OR",
                        ),
                        name="merge_done_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MembershipApplication",
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
                            ("submitted", "待审批入会"),
                            ("pooled", "待分配"),
                            ("returned", "待补正"),
                            ("admitted", "已入会"),
                            ("declined", "未通过"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="submitted",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="membership.person",
                        verbose_name="申请人",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unionbody",
                        verbose_name="周转库",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.region",
                        verbose_name="工作地",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.employer",
                        verbose_name="工作单位",
                    ),
                ),
                ("workplace", models.CharField(blank=True, max_length=120, verbose_name="本人填写的单位")),
                ("occupation", models.CharField(blank=True, max_length=40, verbose_name="工种或职务")),
                (
                    "employment",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("permanent_staff", "在编"),
                            ("contract", "劳动合同"),
                            ("dispatched", "劳务派遣"),
                            ("outsourced", "劳务外包"),
                            ("part_time", "非全日制"),
                            ("flexible", "灵活就业"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="用工形式",
                    ),
                ),
                (
                    "new_employment",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("truck_driver", "货车司机"),
                            ("ride_hailing_driver", "网约车司机"),
                            ("courier", "快递员"),
                            ("food_rider", "外卖配送员"),
                            ("domestic_worker", "家政服务员"),
                            ("care_worker", "护理护工"),
                            ("designated_driver", "代驾员"),
                            ("live_streamer", "网络主播"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="新就业形态",
                    ),
                ),
                ("is_migrant", models.BooleanField(default=False, verbose_name="农民工")),
                ("consents_to_register", models.BooleanField(default=False, verbose_name="同意实名登记")),
                (
                    "applied_on",
                    models.DateField(default=niangjia.kernel.clock.today, verbose_name="申请日期"),
                ),
                ("decided_on", models.DateField(null=True, verbose_name="审批日期")),
                (
                    "member",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="application",
                        to="membership.member",
                        verbose_name="会员",
                    ),
                ),
            ],
            options={
                "verbose_name": "入会申请",
                "verbose_name_plural": "入会申请",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("admitted", "declined", "withdrawn")), _negated=True
                        ),
                        fields=("person",),
                        name="application_one_running",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["submitted", "pooled", "returned", "admitted", "declined", "withdrawn"],
                            )
                        ),
                        name="application_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_on__isnull", False),
                                ("member__isnull", False),
                                ("state", "admitted"),
                            ),
                            models.Q(models.Q(("state", "admitted"), _negated=True), ("member", None)),
                            _connector="OR",
                        ),
                        name="application_admitted_has_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "pooled"), _negated=True),
                            models.Q(("pool__isnull", False), ("region__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_pooled_has_county",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("consents_to_register", True)), name="application_has_consent"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
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
                    models.CharField(editable=False, max_length=30, unique=True, verbose_name="接转编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "待转出"),
                            ("released", "待转入"),
                            ("returned", "待补正"),
                            ("received", "已转入"),
                            ("refused", "未接转"),
                            ("cancelled", "已取消"),
                        ],
                        default="requested",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="membership.member",
                        verbose_name="原会籍",
                    ),
                ),
                (
                    "from_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unionbody",
                        verbose_name="转出工会",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unionbody",
                        verbose_name="转入工会",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.employer",
                        verbose_name="新工作单位",
                    ),
                ),
                ("workplace", models.CharField(blank=True, max_length=120, verbose_name="本人填写的新单位")),
                ("is_at_residence", models.BooleanField(default=False, verbose_name="暂存居住地工会")),
                (
                    "requested_on",
                    models.DateField(default=niangjia.kernel.clock.today, verbose_name="申请日期"),
                ),
                ("released_on", models.DateField(null=True, verbose_name="转出日期")),
                (
                    "received_as",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrival",
                        to="membership.member",
                        verbose_name="新会籍",
                    ),
                ),
            ],
            options={
                "verbose_name": "会籍接转",
                "verbose_name_plural": "会籍接转",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("received", "refused", "cancelled")), _negated=True
                        ),
                        fields=("member",),
                        name="transfer_one_running",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["requested", "released", "returned", "received", "refused", "cancelled"],
                            )
                        ),
                        name="transfer_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_unit", models.F("to_unit")), _negated=True),
                        name="transfer_goes_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("received_as__isnull", False),
                                ("released_on__isnull", False),
                                ("state", "received"),
                            ),
                            models.Q(models.Q(("state", "received"), _negated=True), ("received_as", None)),
                            _connector="OR",
                        ),
                        name="transfer_received_has_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "released"), _negated=True),
                            ("released_on__isnull", False),
                            _connector="OR",
                        ),
                        name="transfer_released_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MovedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "merge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved",
                        to="membership.personmerge",
                        verbose_name="人员合并",
                    ),
                ),
                ("kind", models.CharField(max_length=80, verbose_name="类别")),
                ("object_id", models.BigIntegerField(verbose_name="行号")),
                ("digest", models.CharField(editable=False, max_length=64)),
            ],
            options={
                "verbose_name": "随迁记录",
                "verbose_name_plural": "随迁记录",
                "constraints": [
                    models.UniqueConstraint(fields=("merge", "kind", "object_id"), name="moved_row_once")
                ],
            },
        ),
    ]
