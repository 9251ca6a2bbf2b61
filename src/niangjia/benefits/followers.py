"""How what was decided follows a person whose two registrations become one."""

from django.utils.translation import gettext_lazy

from niangjia.benefits.models import Decision
from niangjia.membership.duplicates.following import follow

follow(Decision, label=gettext_lazy("核定"))
