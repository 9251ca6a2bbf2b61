import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("assistance", "0001_create_hardship_files"),
        ("kernel", "0002_link_kernel_tables"),
        ("membership", "0001_create_membership"),
        ("organisation", "0001_create_organisation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="stored",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.storedfile",
                verbose_name="文件",
            ),
        ),
        migrations.AddField(
            model_name="hardshipfile",
            name="household",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hardship_files",
                to="membership.household",
                verbose_name="家庭",
            ),
        ),
        migrations.AddField(
            model_name="hardshipfile",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hardship_files",
                to="membership.person",
                verbose_name="申请人",
            ),
        ),
        migrations.AddField(
            model_name="hardshipfile",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unionbody",
                verbose_name="承办工会",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="assistance.hardshipfile",
                verbose_name="档案",
            ),
        ),
        migrations.AddField(
            model_name="homevisit",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="assistance.hardshipfile",
                verbose_name="档案",
            ),
        ),
        migrations.AddField(
            model_name="homevisit",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="记录人",
            ),
        ),
        migrations.AddIndex(
            model_name="hardshipfile",
            index=models.Index(fields=["state", "due_on"], name="hardship_state_due"),
        ),
        migrations.AddIndex(
            model_name="hardshipfile",
            index=models.Index(fields=["unit", "state"], name="hardship_unit_state"),
        ),
        migrations.AddConstraint(
            model_name="hardshipfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("declined", "withdrawn")), _negated=True),
                fields=("household",),
                name="hardship_one_per_household",
            ),
        ),
        migrations.AddConstraint(
            model_name="hardshipfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "applied",
                            "returned",
                            "reviewed",
                            "visited",
                            "on_notice",
                            "cleared",
                            "approved",
                            "filed",
                            "declined",
                            "withdrawn",
                        ],
                    )
                ),
                name="hardship_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="hardshipfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("household_size__gte", 1)), name="hardship_household_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="hardshipfile",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="hardshipfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("cleared", "approved", "filed")), _negated=True),
                    ("notice_until__isnull", False),
                    _connector="OR",
                ),
                name="hardship_approval_follows_notice",
            ),
        ),
        migrations.AddConstraint(
            model_name="hardshipfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "filed"]), _negated=True),
                    models.Q(("approved_on__isnull", False), models.Q(("category", ""), _negated=True)),
                    _connector="OR",
                ),
                name="hardship_approved_has_day_and_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="hardshipfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "filed"), _negated=True),
                    models.Q(("filed_on__isnull", False), models.Q(("shelf_mark", ""), _negated=True)),
                    _connector="OR",
                ),
                name="hardship_filed_has_day_and_shelf",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at", None)),
                fields=("file", "stored", "kind"),
                name="attachment_once_per_file",
            ),
        ),
    ]
