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
        ("organisation", "0001_create_organisation"),
    ]

    operations = [
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
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issued_documents",
                        to="organisation.unionbody",
                        verbose_name="发文工会",
                    ),
                ),
                ("letter", models.CharField(max_length=60, verbose_name="文种")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年")),
                ("number", models.PositiveIntegerField(verbose_name="序号")),
                ("text", models.CharField(max_length=60, verbose_name="字号")),
                ("object_type", models.CharField(max_length=80)),
                ("object_id", models.BigIntegerField()),
                ("facts", models.BinaryField(editable=True, verbose_name="内容")),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
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
                "indexes": [models.Index(fields=["object_type", "object_id"], name="issued_about")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "letter", "year", "number"), name="issued_number_once"
                    )
                ],
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
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unionbody",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due_on", models.DateField(null=True)),
                ("opened_at", models.DateTimeField(default=niangjia.kernel.clock.now)),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("opened_through", models.CharField(max_length=60)),
                ("is_return", models.BooleanField(default=False)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "barred",
                    models.ManyToManyField(
                        help_text="四眼、回避", related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "待办",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["unit", "duty", "due_on"],
                        name="task_desk",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["subject"], name="task_subject"
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["opened_by"], name="task_opened_by"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("workflow", "object_id"),
                        name="task_one_open_per_case",
                    )
                ],
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
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="kernel.edition",
                        verbose_name="统计期",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unionbody",
                        verbose_name="工会",
                    ),
                ),
                ("measure", models.CharField(max_length=60, verbose_name="指标")),
                ("value", models.BigIntegerField(verbose_name="数值")),
                ("parts", models.JSONField(default=dict, verbose_name="分组")),
            ],
            options={
                "verbose_name": "统计数",
                "verbose_name_plural": "统计数",
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "unit", "measure"), name="figure_once")
                ],
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="organisation.unionbody",
                        verbose_name="工会",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="公布人",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(default=niangjia.kernel.clock.now, verbose_name="公布时间"),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤下时间")),
            ],
            options={
                "verbose_name": "数据公布",
                "verbose_name_plural": "数据公布",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("unit", "measure"),
                        name="publication_one_open",
                    )
                ],
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
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stored_files",
                        to="organisation.unionbody",
                        verbose_name="所属单位",
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
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stored_files",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="stored_file_is_not_empty"
                    )
                ],
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
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发起人",
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
                (
                    "result_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to="kernel.storedfile",
                        verbose_name="结果文件",
                    ),
                ),
                ("error", models.TextField(blank=True, verbose_name="错误")),
                ("seen_at", models.DateTimeField(null=True, verbose_name="结果看过的时间")),
            ],
            options={
                "verbose_name": "后台作业",
                "verbose_name_plural": "后台作业",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("queued", "waiting"))),
                        fields=["run_at", "id"],
                        name="due_jobs",
                    ),
                    models.Index(
                        condition=models.Q(("state", "running")), fields=["lease_until"], name="leased_jobs"
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("done", "failed", "cancelled"))),
                        fields=["finished_at"],
                        name="finished_jobs",
                    ),
                    models.Index(fields=["asked_by", "-id"], name="jobs_of_a_user"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("queued", "waiting", "running")),
                            models.Q(("key", ""), _negated=True),
                        ),
                        fields=("name", "key"),
                        name="one_unfinished_job_per_key",
                    ),
                    models.UniqueConstraint(fields=("name", "slot"), name="one_job_per_slot"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_until__isnull", False), ("state", "running")),
                            models.Q(
                                models.Q(("state", "running"), _negated=True), ("lease_until__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="running_job_has_a_lease",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finished_at__isnull", False), ("state__in", ("done", "failed", "cancelled"))
                            ),
                            models.Q(
                                models.Q(("state__in", ("done", "failed", "cancelled")), _negated=True),
                                ("finished_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="finished_job_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("error", ""), ("state", "failed"), _negated=True),
                        name="failed_job_says_why",
                    ),
                ],
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="organisation.unionbody",
                        verbose_name="上传工会",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="上传时间"
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="语言")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.storedfile",
                        verbose_name="上传的文件",
                    ),
                ),
                (
                    "prepared",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.storedfile",
                        verbose_name="核对过的行",
                    ),
                ),
                (
                    "marked",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.storedfile",
                        verbose_name="标出问题的表",
                    ),
                ),
                (
                    "rest",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.storedfile",
                        verbose_name="退回的行",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="文件指纹")),
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
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kernel.job",
                        verbose_name="后台作业",
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
            ],
            options={
                "verbose_name": "上传批次",
                "verbose_name_plural": "上传批次",
                "indexes": [
                    models.Index(fields=["unit", "sheet", "-id"], name="batches_of_a_unit"),
                    models.Index(fields=["sha256"], name="batches_of_a_file"),
                    models.Index(
                        condition=models.Q(("wiped_at__isnull", True)),
                        fields=["state_since"],
                        name="batches_with_content",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("error", ""), ("state", "refused"), _negated=True),
                        name="batch_refused_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wiped_at__isnull", True), ("file__isnull", True), _connector="OR"
                        ),
                        name="batch_wiped_has_no_file",
                    ),
                ],
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
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chunks",
                        to="kernel.batch",
                        verbose_name="上传批次",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="第几段")),
                ("last_row", models.PositiveIntegerField(verbose_name="最后一行")),
                (
                    "effects",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="所做的事"),
                ),
                (
                    "problems",
                    models.BinaryField(blank=True, editable=True, null=True, verbose_name="退回的行的问题"),
                ),
                ("undone", models.PositiveIntegerField(default=0, verbose_name="已撤销数")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
            ],
            options={
                "verbose_name": "批次分段",
                "verbose_name_plural": "批次分段",
                "constraints": [models.UniqueConstraint(fields=("batch", "number"), name="batch_chunk_once")],
            },
        ),
    ]
