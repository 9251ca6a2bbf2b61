from django.db import migrations, models

import niangjia.kernel.clock
from niangjia.kernel.tables import NewTables


class Migration(NewTables):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DemoCity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seed", models.PositiveIntegerField(verbose_name="种子")),
                (
                    "started_at",
                    models.DateTimeField(
                        default=niangjia.kernel.clock.now, editable=False, verbose_name="开始时间"
                    ),
                ),
                ("finished_at", models.DateTimeField(editable=False, null=True, verbose_name="完成时间")),
            ],
            options={
                "verbose_name": "演示城市",
                "verbose_name_plural": "演示城市",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="demo_city_only_one")
                ],
            },
        ),
    ]
