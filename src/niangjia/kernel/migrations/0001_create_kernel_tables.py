import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import niangjia.kernel.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
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
            name="BatchChunk",
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
                ("number", models.PositiveIntegerField(verbose_name="第几段")),
                ("last_row", models.PositiveIntegerField(verbose_name="最后一行")),
                (
                    "effects",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="所做的事"),
                ),
                ("undone", models.PositiveIntegerField(default=0, verbose_name="已撤销数")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
            ],
            options={
                "verbose_name": "批次分段",
                "verbose_name_plural": "批次分段",
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
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measure", models.CharField(max_length=60, verbose_name="指标")),
                ("value", models.BigIntegerField(verbose_name="数值")),
                ("parts", models.JSONField(default=dict, verbose_name="分组")),
            ],
            options={
                "verbose_name": "统计数",
                "verbose_name_plural": "统计数",
            },
        ),
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
            name="IssuedDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("letter", models.CharField(max_length=60, verbose_name="文种")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年")),
                ("number", models.PositiveIntegerField(verbose_name="序号")),
                ("text", models.CharField(max_length=60, verbose_name="字号")),
                ("object_type", models.CharField(max_length=80)),
                ("object_id", models.BigIntegerField()),
                ("facts", models.BinaryField(editable=True, verbose_name="内容")),
                (
                    "issued_at",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="发文时间"
                    ),
                ),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="作废时间")),
            ],
            options={
                "verbose_name": "发文",
                "verbose_name_plural": "发文",
            },
        ),
        migrations.CreateModel(
            name="Job",
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
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                ("arguments", models.JSONField(default=dict, verbose_name="参数")),
                ("key", models.CharField(blank=True, max_length=200, verbose_name="防重键")),
                ("slot", models.DateTimeField(blank=True, null=True, verbose_name="计划时刻")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "排队"),
                            ("running", "进行中"),
                            ("waiting", "等待重试"),
                            ("done", "完成"),
                            ("failed", "失败"),
                            ("cancelled", "已取消"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="创建时间"
                    ),
                ),
                ("run_at", models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="最早开始")),
                ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="领取时间")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                ("attempt", models.PositiveIntegerField(default=0, verbose_name="第几次")),
                ("token", models.PositiveIntegerField(default=0, verbose_name="令牌")),
                ("owner", models.CharField(blank=True, max_length=120, verbose_name="执行者")),
                ("lease_until", models.DateTimeField(blank=True, null=True, verbose_name="租约到期")),
                ("cancel_asked", models.BooleanField(default=False, verbose_name="要求取消")),
                ("total", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="总数")),
                ("done", models.PositiveBigIntegerField(default=0, verbose_name="已完成数")),
                ("done_before", models.PositiveBigIntegerField(default=0, verbose_name="本次开始前已完成数")),
                ("mark", models.JSONField(blank=True, null=True, verbose_name="进度标记")),
                ("result", models.JSONField(blank=True, null=True, verbose_name="结果")),
                ("error", models.TextField(blank=True, verbose_name="错误")),
            ],
            options={
                "verbose_name": "后台作业",
                "verbose_name_plural": "后台作业",
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
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measure", models.CharField(max_length=60, verbose_name="指标")),
                (
                    "published_at",
                    models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="公布时间"),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤下时间")),
            ],
            options={
                "verbose_name": "数据公布",
                "verbose_name_plural": "数据公布",
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
                ("text", models.BinaryField(editable=True, verbose_name="意见")),
            ],
            options={
                "verbose_name": "意见",
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
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
                ("address", models.CharField(db_index=True, max_length=64, verbose_name="存放地址")),
                (
                    "preview_address",
                    models.CharField(blank=True, db_index=True, max_length=64, verbose_name="缩略图地址"),
                ),
                ("name", models.BinaryField(editable=True, verbose_name="文件名")),
                ("media_type", models.CharField(max_length=100, verbose_name="类型")),
                ("size", models.PositiveBigIntegerField(verbose_name="大小")),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        db_index=True,
                        default=niangjia.kernel.clock.now,
                        editable=False,
                        verbose_name="上传时间",
                    ),
                ),
            ],
            options={
                "verbose_name": "文件",
                "verbose_name_plural": "文件",
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("workflow", models.CharField(max_length=40)),
                ("object_id", models.BigIntegerField()),
                ("state", models.CharField(max_length=40)),
                (
                    "duty",
                    models.CharField(blank=True, help_text="empty: the person concerned", max_length=60),
                ),
                ("due_on", models.DateField(null=True)),
                ("opened_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
                ("opened_through", models.CharField(max_length=60)),
                ("is_return", models.BooleanField(default=False)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "待办",
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
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "接口令牌",
                "verbose_name_plural": "接口令牌",
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
                ("from_state", models.CharField(blank=True, max_length=40)),
                ("to_state", models.CharField(blank=True, max_length=40)),
                (
                    "changes",
                    models.JSONField(default=dict, help_text="field name → keyed digest of the new value"),
                ),
                ("key_id", models.PositiveSmallIntegerField()),
                ("mac", models.CharField(max_length=64)),
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
            ],
            options={
                "verbose_name": "审计记录",
            },
        ),
        migrations.CreateModel(
            name="Batch",
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
                ("number", models.CharField(max_length=20, unique=True, verbose_name="批次号")),
                ("sheet", models.CharField(max_length=40, verbose_name="表格")),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="上传时间"
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="语言")),
                ("sha256", models.CharField(max_length=64, verbose_name="文件指纹")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "核对中"),
                            ("checked", "待接收"),
                            ("accepting", "导入中"),
                            ("accepted", "已导入"),
                            ("undoing", "撤销中"),
                            ("undone", "已撤销"),
                            ("refused", "不能读取"),
                            ("cancelled", "已取消"),
                        ],
                        default="reading",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "state_since",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="进入本状态时间"
                    ),
                ),
                (
                    "found",
                    models.JSONField(default=dict, help_text="verdict → rows", verbose_name="核对结果"),
                ),
                ("done", models.JSONField(default=dict, help_text="verdict → rows", verbose_name="导入结果")),
                ("problems", models.BinaryField(blank=True, editable=True, null=True, verbose_name="问题")),
                ("problem_count", models.PositiveIntegerField(default=0, verbose_name="问题数")),
                (
                    "kept",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="未能撤销的行"),
                ),
                ("kept_count", models.PositiveIntegerField(default=0, verbose_name="未能撤销的行数")),
                ("error", models.TextField(blank=True, verbose_name="不能读取的原因")),
                ("wiped_at", models.DateTimeField(null=True, verbose_name="内容清除时间")),
                (
                    "same_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.batch",
                        verbose_name="同一文件的上一批",
                    ),
                ),
            ],
            options={
                "verbose_name": "上传批次",
                "verbose_name_plural": "上传批次",
            },
        ),
    ]
