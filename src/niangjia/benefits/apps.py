from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BenefitsConfig(AppConfig):
    name = "niangjia.benefits"
    label = "benefits"
    verbose_name = _("待遇")

    def ready(self) -> None:
        from niangjia.benefits import (  # noqa: F401  declare themselves
            followers,
            papers,
            policies,
            publicity,
            registers,
            settlements,
            workflow,
        )

        policies.refuse_wrong_folder()
