"""The settings of the product, and beside its pages a trivial view and Django's own admin, for comparison only."""

from niangjia.config.settings import *  # noqa: F403
from niangjia.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
ROOT_URLCONF = "_addresses"
STATIC_ROOT = HOME.parent / "static"  # noqa: F405
