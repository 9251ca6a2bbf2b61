import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import niangjia.kernel.clock
from niangjia.kernel.tables import NewTables


class Migration(NewTables):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IndexRotation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=130, unique=True)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("settled", "Settled"),
                            ("filling", "Filling"),
                            ("promoting", "Promoting"),
                            ("clearing", "Clearing"),
                        ],
                        default="settled",
                        max_length=10,
                    ),
                ),
                ("key_id", models.PositiveSmallIntegerField()),
                ("next_key_id", models.PositiveSmallIntegerField(null=True)),
                (
                    "last_pk",
                    models.BigIntegerField(default=0, help_text="rows up to this one are done in this phase"),
                ),
            ],
            options={
                "verbose_name": "索引换钥",
            },
        ),
        migrations.CreateModel(
            name="AuditAnchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("from_id", models.BigIntegerField()),
                ("to_id", models.BigIntegerField()),
                ("count", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("key_id", models.PositiveSmallIntegerField()),
                ("mac", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "审计锚点",
            },
        ),
        migrations.CreateModel(
            name="CacheEntry",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "缓存",
                "verbose_name_plural": "缓存",
                "db_table": "kernel_cache",
            },
        ),
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="年度")),
                ("source", models.CharField(max_length=120, verbose_name="依据")),
                ("is_complete", models.BooleanField(verbose_name="节假日齐全")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="修订次数")),
            ],
            options={
                "verbose_name": "日历年度",
                "verbose_name_plural": "日历年度",
                "ordering": ["year"],
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("series", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("value", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "编号序列",
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(verbose_name="月份")),
                ("as_of", models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="汇总时间")),
                ("measures", models.JSONField(default=list, verbose_name="所含指标")),
                ("is_reconstructed", models.BooleanField(default=False, verbose_name="补算")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
            ],
            options={
                "verbose_name": "统计期",
                "verbose_name_plural": "统计期",
                "indexes": [models.Index(fields=["month", "-id"], name="edition_by_month")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="edition_begins_a_month"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LoginCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("phone_digest", models.CharField(max_length=64)),
                ("address_digest", models.CharField(max_length=64)),
                ("code_digest", models.CharField(max_length=64)),
                ("subject_id", models.BigIntegerField(null=True, verbose_name="人员")),
                ("is_for_newcomers", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=niangjia.kernel.clock.now, editable=False)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("spent_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "登录验证码",
                "verbose_name_plural": "登录验证码",
                "indexes": [
                    models.Index(fields=["phone_digest", "created_at"], name="login_code_phone"),
                    models.Index(fields=["address_digest", "created_at"], name="login_code_address"),
                    models.Index(fields=["created_at"], name="login_code_age"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=100, verbose_name="主题")),
                ("key", models.CharField(blank=True, max_length=100, verbose_name="次序键")),
                ("payload", models.JSONField(default=dict, verbose_name="内容")),
                (
                    "published_at",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="发布时间"
                    ),
                ),
                ("heard_at", models.DateTimeField(blank=True, null=True, verbose_name="全部送达时间")),
            ],
            options={
                "verbose_name": "事件",
                "verbose_name_plural": "事件",
                "indexes": [
                    models.Index(
                        condition=models.Q(("heard_at__isnull", True)),
                        fields=["topic", "key", "id"],
                        name="unheard_events",
                    ),
                    models.Index(
                        condition=models.Q(("heard_at__isnull", False)),
                        fields=["heard_at"],
                        name="heard_events",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=150, unique=True, verbose_name="登录名")),
                ("name", models.CharField(max_length=50, verbose_name="姓名")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="创建时间"
                    ),
                ),
            ],
            options={
                "verbose_name": "账号",
                "verbose_name_plural": "账号",
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_type", models.CharField(max_length=80)),
                ("object_id", models.BigIntegerField()),
                ("position", models.PositiveIntegerField(help_text="1, 2, 3 … within the object")),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=60)),
                (
                    "actor",
                    models.ForeignKey(
                        help_text="null is the clock",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        help_text="acted for",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("from_state", models.CharField(blank=True, max_length=40)),
                ("to_state", models.CharField(blank=True, max_length=40)),
                (
                    "changes",
                    models.JSONField(default=dict, help_text="field name → keyed digest of the new value"),
                ),
                ("key_id", models.PositiveSmallIntegerField()),
                ("mac", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "审计记录",
                "indexes": [models.Index(fields=["actor", "at"], name="audit_actor_at")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("object_type", "object_id", "position"), name="audit_position"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="kernel.calendaryear",
                        verbose_name="年度",
                    ),
                ),
                ("date", models.DateField(unique=True, verbose_name="日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[("holiday", "放假"), ("workday", "调休上班")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
            ],
            options={
                "verbose_name": "节假日与调休",
                "verbose_name_plural": "节假日与调休",
                "ordering": ["date"],
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                ("template", models.CharField(max_length=100, verbose_name="模板")),
                ("purpose", models.CharField(max_length=50, verbose_name="用途")),
                (
                    "to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="收件人",
                    ),
                ),
                ("address", models.BinaryField(blank=True, editable=True, null=True, verbose_name="地址")),
                ("body", models.BinaryField(blank=True, editable=True, null=True, verbose_name="正文")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "待发送"),
                            ("sent", "已发送"),
                            ("withheld", "未发送"),
                            ("failed", "发送失败"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发件人",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="创建时间"
                    ),
                ),
                ("valid_until", models.DateTimeField(verbose_name="有效期至")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                ("reference", models.CharField(blank=True, max_length=100, verbose_name="通道回执")),
                ("error", models.TextField(blank=True, verbose_name="原因")),
            ],
            options={
                "verbose_name": "消息",
                "verbose_name_plural": "消息",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")),
                        fields=["valid_until"],
                        name="queued_messages",
                    ),
                    models.Index(fields=["ended_at"], name="ended_messages"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "queued")),
                            models.Q(
                                models.Q(("state", "queued"), _negated=True), ("ended_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="message_ends_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("error", ""), ("state__in", ["withheld", "failed"]), _negated=True
                        ),
                        name="unsent_message_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Once",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
                ("key", models.CharField(max_length=100, verbose_name="防重键")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="请求指纹")),
                ("outcome", models.JSONField(default=dict, verbose_name="结果")),
                (
                    "at",
                    models.DateTimeField(
                        db_index=True, default=niangjia.kernel.clock.now, editable=False, verbose_name="时间"
                    ),
                ),
            ],
            options={
                "verbose_name": "一次性请求",
                "verbose_name_plural": "一次性请求",
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="one_request_per_key")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="kernel.event",
                        verbose_name="事件",
                    ),
                ),
                ("handler", models.CharField(max_length=150, verbose_name="处理者")),
                (
                    "at",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="时间"
                    ),
                ),
            ],
            options={
                "verbose_name": "送达",
                "verbose_name_plural": "送达",
                "constraints": [
                    models.UniqueConstraint(fields=("event", "handler"), name="one_delivery_per_handler")
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
                ("label", models.CharField(max_length=60, verbose_name="用途")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="签发时间"
                    ),
                ),
                ("expires_on", models.DateField(verbose_name="有效期至")),
                ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="吊销时间")),
            ],
            options={
                "verbose_name": "接口令牌",
                "verbose_name_plural": "接口令牌",
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remark",
                        to="kernel.auditentry",
                    ),
                ),
                ("text", models.BinaryField(editable=True, verbose_name="意见")),
            ],
            options={
                "verbose_name": "意见",
            },
        ),
    ]
