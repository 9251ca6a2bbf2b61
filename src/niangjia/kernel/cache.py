"""Short-lived counters (rate limits), in the database so that every web process sees the same."""

import hmac

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CacheEntry(models.Model):
    """缓存. The columns are those that Django's database cache expects; kept until `expires`."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "kernel_cache"
        verbose_name = _("缓存")
        verbose_name_plural = _("缓存")

    def __str__(self) -> str:
        return self.cache_key


def sealed_key(key: str, prefix: str, version: int) -> str:
    """Rate limits name network addresses and accounts; only a keyed digest of them is stored."""
    name = f"{prefix}:{version}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), name, "sha256").hexdigest()
