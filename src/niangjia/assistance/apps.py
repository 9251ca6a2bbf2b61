from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssistanceConfig(AppConfig):
    name = "niangjia.assistance"
    label = "assistance"
    verbose_name = _("帮扶")

    def ready(self) -> None:
        from niangjia.assistance import consents, followers, papers, publicity, workflow  # noqa: F401  declare themselves
        from niangjia.assistance.visits import actions  # noqa: F401  declares its job and its words
