"""Accounts. What a user may do never stands here: it follows from posts."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.order import first
from niangjia.kernel.prepared import NOBODY, ByKey


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """账号: a member of staff signs in by name and password, a worker by phone and code (no usable password)."""

    username = models.CharField(_("登录名"), max_length=150, unique=True)
    name = models.CharField(_("姓名"), max_length=50)
    is_active = models.BooleanField(_("启用"), default=True)
    created_at = models.DateTimeField(_("创建时间"), default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = _("账号")

    def __str__(self) -> str:
        return self.name


def account(pk: int) -> User | None:
    return first(_accounts(pk))


_accounts = ByKey(lambda: User.objects.filter(pk=NOBODY).order_by())
