import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kernel", "0001_create_kernel_tables"),
        ("organisation", "0001_create_organisation"),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batches",
                to="organisation.unionbody",
                verbose_name="上传工会",
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batches",
                to=settings.AUTH_USER_MODEL,
                verbose_name="上传人",
            ),
        ),
        migrations.AddField(
            model_name="batchchunk",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="chunks",
                to="kernel.batch",
                verbose_name="上传批次",
            ),
        ),
        migrations.AddField(
            model_name="calendarday",
            name="year",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="days",
                to="kernel.calendaryear",
                verbose_name="年度",
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["month", "-id"], name="edition_by_month"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="edition_begins_a_month"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("heard_at__isnull", True)),
                fields=["topic", "key", "id"],
                name="unheard_events",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("heard_at__isnull", False)), fields=["heard_at"], name="heard_events"
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="kernel.event",
                verbose_name="事件",
            ),
        ),
        migrations.AddField(
            model_name="figure",
            name="edition",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="figures",
                to="kernel.edition",
                verbose_name="统计期",
            ),
        ),
        migrations.AddField(
            model_name="figure",
            name="unit",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unionbody",
                verbose_name="工会",
            ),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="issued_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="issued_documents",
                to="organisation.unionbody",
                verbose_name="发文工会",
            ),
        ),
        migrations.AddField(
            model_name="job",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="jobs",
                to=settings.AUTH_USER_MODEL,
                verbose_name="发起人",
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="job",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="kernel.job",
                verbose_name="后台作业",
            ),
        ),
        migrations.AddIndex(
            model_name="logincode",
            index=models.Index(fields=["phone_digest", "created_at"], name="login_code_phone"),
        ),
        migrations.AddIndex(
            model_name="logincode",
            index=models.Index(fields=["address_digest", "created_at"], name="login_code_address"),
        ),
        migrations.AddIndex(
            model_name="logincode",
            index=models.Index(fields=["created_at"], name="login_code_age"),
        ),
        migrations.AddField(
            model_name="message",
            name="sent_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="发件人",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to=settings.AUTH_USER_MODEL,
                verbose_name="收件人",
            ),
        ),
        migrations.AddField(
            model_name="once",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="账号",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="published_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="公布人",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="publications",
                to="organisation.unionbody",
                verbose_name="工会",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="remark", to="kernel.auditentry"
            ),
        ),
        migrations.AddField(
            model_name="storedfile",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stored_files",
                to="organisation.unionbody",
                verbose_name="所属单位",
            ),
        ),
        migrations.AddField(
            model_name="storedfile",
            name="uploaded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stored_files",
                to=settings.AUTH_USER_MODEL,
                verbose_name="上传人",
            ),
        ),
        migrations.AddField(
            model_name="job",
            name="result_file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="jobs",
                to="kernel.storedfile",
                verbose_name="结果文件",
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.storedfile",
                verbose_name="上传的文件",
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="marked",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.storedfile",
                verbose_name="标出问题的表",
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="rest",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.storedfile",
                verbose_name="退回的行",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="barred",
            field=models.ManyToManyField(
                help_text="四眼、回避", related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="opened_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="subject",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unionbody"
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["actor", "at"], name="audit_actor_at"),
        ),
        migrations.AddConstraint(
            model_name="auditentry",
            constraint=models.UniqueConstraint(
                fields=("object_type", "object_id", "position"), name="audit_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="batchchunk",
            constraint=models.UniqueConstraint(fields=("batch", "number"), name="batch_chunk_once"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("event", "handler"), name="one_delivery_per_handler"),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.UniqueConstraint(fields=("edition", "unit", "measure"), name="figure_once"),
        ),
        migrations.AddIndex(
            model_name="issueddocument",
            index=models.Index(fields=["object_type", "object_id"], name="issued_about"),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.UniqueConstraint(
                fields=("unit", "letter", "year", "number"), name="issued_number_once"
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("state", "queued")), fields=["valid_until"], name="queued_messages"
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["ended_at"], name="ended_messages"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state", "queued")),
                    models.Q(models.Q(("state", "queued"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="message_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("error", ""), ("state__in", ["withheld", "failed"]), _negated=True),
                name="unsent_message_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="once",
            constraint=models.UniqueConstraint(fields=("user", "key"), name="one_request_per_key"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("unit", "measure"),
                name="publication_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0)), name="stored_file_is_not_empty"
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("state__in", ("queued", "waiting"))),
                fields=["run_at", "id"],
                name="due_jobs",
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("state", "running")), fields=["lease_until"], name="leased_jobs"
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("state__in", ("done", "failed", "cancelled"))),
                fields=["finished_at"],
                name="finished_jobs",
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["asked_by", "-id"], name="jobs_of_a_user"),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ("queued", "waiting", "running")), models.Q(("key", ""), _negated=True)
                ),
                fields=("name", "key"),
                name="one_unfinished_job_per_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.UniqueConstraint(fields=("name", "slot"), name="one_job_per_slot"),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lease_until__isnull", False), ("state", "running")),
                    models.Q(models.Q(("state", "running"), _negated=True), ("lease_until__isnull", True)),
                    _connector="OR",
                ),
                name="running_job_has_a_lease",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", False), ("state__in", ("done", "failed", "cancelled"))),
                    models.Q(
                        models.Q(("state__in", ("done", "failed", "cancelled")), _negated=True),
                        ("finished_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="finished_job_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(("error", ""), ("state", "failed"), _negated=True),
                name="failed_job_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["unit", "sheet", "-id"], name="batches_of_a_unit"),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["sha256"], name="batches_of_a_file"),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(
                condition=models.Q(("wiped_at__isnull", True)),
                fields=["state_since"],
                name="batches_with_content",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("error", ""), ("state", "refused"), _negated=True),
                name="batch_refused_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("wiped_at__isnull", True), ("file__isnull", True), _connector="OR"),
                name="batch_wiped_has_no_file",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["unit", "duty", "due_on"], name="task_desk"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["subject"], name="task_subject"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["opened_by"], name="task_opened_by"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("workflow", "object_id"),
                name="task_one_open_per_case",
            ),
        ),
    ]
