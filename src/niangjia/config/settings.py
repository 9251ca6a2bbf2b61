"""All settings, read from the environment once at start. docs/operations.md explains each."""

import secrets
from pathlib import Path

from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

from niangjia.config import environment

PACKAGE = Path(__file__).resolve().parent.parent
HOME = environment.folder("NIANGJIA_HOME", PACKAGE.parent.parent / "var")


def _secret_key() -> str:
    """From the environment, else drawn once and kept beside the other keys."""
    if given := environment.text("NIANGJIA_SECRET_KEY"):
        return given
    file = environment.folder("NIANGJIA_KEYS", HOME / "keys") / "session.key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return file.read_text(encoding="ascii")


SECRET_KEY = _secret_key()
DEBUG = environment.flag("NIANGJIA_DEBUG")
DEMO = environment.flag("NIANGJIA_DEMO")
ALLOWED_HOSTS = environment.words("NIANGJIA_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("NIANGJIA_ORIGINS")

KEYS_FOLDER = environment.folder("NIANGJIA_KEYS", HOME / "keys")
# Keys from elsewhere (a vault, a mounted secret) replace the files of that purpose; newest first.
KEYS_GIVEN = {
    purpose: environment.text(f"NIANGJIA_KEY_{purpose.upper()}")
    for purpose in ("fields", "index", "audit", "files", "cards")
}
CIPHER = environment.choice("NIANGJIA_CIPHER", ("aes", "sm4"))
FILES_FOLDER = environment.folder("NIANGJIA_FILES", HOME / "files")
ANCHORS_FOLDER = environment.folder("NIANGJIA_ANCHORS", HOME / "anchors")
SPOOL_FOLDER = environment.folder("NIANGJIA_SPOOL", HOME / "spool")
# Policies of this installation, searched before the shipped ones; empty: the shipped ones alone. The demo has its own.
POLICIES_FOLDER = environment.text("NIANGJIA_POLICIES", str(PACKAGE / "demo" / "policies") if DEMO else "")
# The adapter that carries messages to people; "spool" keeps them in the folder above for a day.
MESSAGES = environment.text("NIANGJIA_MESSAGES", "spool")

INSTALLED_APPS = [
    "niangjia.kernel",
    "niangjia.organisation",
    "niangjia.membership",
    "niangjia.notices",
    "niangjia.benefits",
    "niangjia.assistance",
    "niangjia.web",
    "niangjia.demo",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "niangjia.web.shell.plain.PlainMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "niangjia.web.shell.middleware.ActorMiddleware",
    "niangjia.web.shell.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "niangjia.config.urls"
WSGI_APPLICATION = "niangjia.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "niangjia.web.shell.context.shell",
            ],
        },
    },
]

DATABASES = {"default": environment.database("NIANGJIA_DATABASE", f"sqlite:///{HOME / 'niangjia.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The two tables the kernel points at without importing them.
AUTH_USER_MODEL = "kernel.User"
UNIT_MODEL = "organisation.UnionBody"

AUTHENTICATION_BACKENDS = ["niangjia.web.shell.accounts.AccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "niangjia.web.shell.accounts.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
MFA_ADAPTER = "niangjia.web.shell.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Niangjia 娘家"

# Rate limits are counted here, so every web process must see the same.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
        "KEY_FUNCTION": "niangjia.kernel.cache.sealed_key",
    },
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
# A page's style and script are hashed into their name, so browsers keep them for a year.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if environment.flag("NIANGJIA_HASHED_STATIC", True)
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# To the service manager's journal: our own news, and failures with their traceback.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"journal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["journal"], "level": "WARNING"},
    "loggers": {
        "niangjia": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    },
}
HTTPS = environment.flag("NIANGJIA_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "niangjia.kernel.sessions"
CSRF_FAILURE_VIEW = "niangjia.web.shell.refusals.stale_form"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# How many proxies of our own add to X-Forwarded-For; limits per address count the one before them.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("NIANGJIA_PROXIES")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 0  # uploads stream to a temporary file, never into memory
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
SILENCED_SYSTEM_CHECKS: list[str] = []
