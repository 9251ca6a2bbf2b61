from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "niangjia.notices"
    label = "notices"
    verbose_name = _("公示")

    def ready(self) -> None:
        from niangjia.notices import actions, followers, papers, workflow  # noqa: F401  declare themselves
