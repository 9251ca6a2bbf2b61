from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    name = "niangjia.kernel"
    label = "kernel"
    verbose_name = _("内核")

    def ready(self) -> None:
        from niangjia.kernel import figures  # noqa: F401  declares the job that counts
        from niangjia.kernel.sheets import working  # noqa: F401  declares its jobs
        from niangjia.kernel.workflow import timed  # noqa: F401  declares the clock's jobs

        post_migrate.connect(_make_triggers)


def _make_triggers(**_given: Any) -> None:
    from niangjia.kernel import triggers

    triggers.install()
