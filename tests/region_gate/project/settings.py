"""The smallest settings with which Wagtail and the gate run."""

from pathlib import Path

SECRET_KEY = "only for the tests of the gate"
ALLOWED_HOSTS = ["www.example.com", "testserver"]
DEBUG = False
USE_TZ = True
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("de", "Deutsch")]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_SITE_NAME = "Gate"
WAGTAILADMIN_BASE_URL = "https://www.example.com"
STATIC_URL = "/static/"
ROOT_URLCONF = "project.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

REGION_GATE = {
    "REGIONS": "project.urls.regions",
    "NOTICES": Path(__file__).parent / "notices" / "1.0",
    "UNGATED_PREFIXES": ["/admin/"],
}

INSTALLED_APPS = [
    "project",
    "region_gate",
    "wagtail.contrib.simple_translation",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.users",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "taggit",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "region_gate.middleware.GateMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
