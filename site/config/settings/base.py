"""Settings that every environment shares; `docs/reference.md` lists the variables read here."""

from typing import Any
from zoneinfo import available_timezones

from csp.constants import NONE, SELF
from environs import Env

from config.languages import DEFAULT_LANGUAGE, read_languages
from config.site_address import read_site_address
from config.storage_url import media_sources

from . import sign_in
from .cdn import WAGTAILFRONTENDCACHE  # noqa: F401 - a setting
from .enquiries import ENQUIRIES_KEPT_DAYS, ENQUIRIES_PER_HOUR  # noqa: F401
from .jobs import *  # noqa: F403 - settings, as are those of the other topics
from .legal import *  # noqa: F403
from .monitoring import *  # noqa: F403
from .page_cache import CACHE_MAX_STALE, PAGE_CACHE, PAGE_CACHE_MEGABYTES  # noqa: F401
from .paths import BASE_DIR, DATA_DIR, SITE_DIR  # noqa: F401
from .record import *  # noqa: F403
from .sign_in import *  # noqa: F403
from .stores import *  # noqa: F403
from .stores import MEDIA_URL

env = Env()

DEBUG = False
DEMO = False  # whether `manage.py demo` may write here
SITE_URL, SITE_HOST, _port = read_site_address(
    env.str("SITE_URL", f"http://127.0.0.1:{env.int('PORT', 8000)}")
)
ALLOWED_HOSTS: list[str] = []

# Apps

INSTALLED_APPS = [
    "action_log",
    "config",
    "demo",
    "dashboard",
    "enquiries",
    "explorer",
    "monitoring",
    "jobs",
    "legal_holds",
    "page_cache",
    "redirecting",
    "reminders",
    "review",
    "home",
    "therapies",
    "region_gate",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.locales",
    "wagtail.sites",
    "home.users_config.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_countries",
    "django_tasks_db",
    "redirects",
    *sign_in.APPS,
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.proxy_headers.ProxyHeadersMiddleware",
    # Outside everything else, so that whatever breaks is found by its request's id.
    "config.request_id.RequestIdMiddleware",
    "monitoring.middleware.AccessMiddleware",
    "config.isolation.IsolationMiddleware",
    "monitoring.health.HealthMiddleware",
    "config.request_validation.BadRequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.canonical_addresses.StaticFilesMiddleware",
    # Outside all that makes a page, and says how browsers are to show it.
    "page_cache.middleware.PageCacheMiddleware",
    "config.csp.PolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    # Outside everything that answers with a page or a redirect, so that it sees them all.
    "region_gate.middleware.GateMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.locale.AddressLocaleMiddleware",
    "config.canonical_addresses.SpellingMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.ActivityMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "config.confidentiality.ConfidentialityMiddleware",
    "home.middleware.RefusalMiddleware",
    # Inside everything: only what the views have no page for.
    "redirecting.middleware.ForwardingMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
# The site stands at the root of its hosts. A server takes another prefix from a header of a request, and
# addresses that are made then, and kept for the next visitors, would begin with it.
FORCE_SCRIPT_NAME = ""
SITE_ID = 1  # Django's own sites, which redirects refer to and nothing here uses

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Languages: English has no prefix, every other language its code (/de/eu/).

LANGUAGE_CODE = DEFAULT_LANGUAGE
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = read_languages(env.list("SITE_LANGUAGES", ["en", "de", "fr"]))
LOCALE_PATHS = [SITE_DIR / "locale", SITE_DIR / "locale_english"]
TIME_ZONE = env.str("TIME_ZONE", "UTC")  # whose day decides what is in force, for everybody
USE_TZ = True
WAGTAIL_I18N_ENABLED = True
# Names that an operating system has for its own zone, and no browser knows.
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})

# Safety

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, *media_sources(MEDIA_URL)],
        "media-src": [SELF, *media_sources(MEDIA_URL)],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
}
# Browsers follow frame-ancestors above, which lets the admin's preview frame a page.
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
COUNTRY_HEADER = env.str("COUNTRY_HEADER", "")  # in which the CDN names the visitor's country
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "")  # whom to tell of a weakness: mailto: or https:

# Wagtail

WAGTAIL_SITE_NAME = "Sirtex"
WAGTAILADMIN_BASE_URL = env.str("WAGTAILADMIN_BASE_URL", SITE_URL)
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "home.approval.publish_approved"
# Built anew piece by piece: in one transaction, SQLite would let nobody write meanwhile.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "home.search_backend", "ATOMIC_REBUILD": False},
    # The path of publication tells it of each change, which Wagtail would do for drafts as well.
    "visitors": {"BACKEND": "home.finding.backend", "AUTO_UPDATE": False},
}
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "home.rich_text_area.RichTextArea"}}
# What answers at a region's contact form.
CONTACT_FORM = {"FORM": "enquiries.views.contact_form", "SENT": "enquiries.views.contact_form_sent"}
SEARCH_THROTTLE = "config.search_throttle.may_search"  # asked before each of visitors' searches
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.image_form.ImageForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "mp4", "pdf", "pptx", "txt", "vtt", "webm", "xlsx", "zip"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.document_form.DocumentForm"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

# The gate

REGION_GATE: dict[str, Any] = {
    "REGIONS": "config.gate.regions",
    "REDIRECTS": "config.gate.redirects",
    "ADDRESSES": "config.gate.addresses",
    "ALTERNATIVE": "config.topics.same_topic",
    "LEADS_TO": "config.gate.leads_to",
    "SIGNER": "config.record_keys.signer",
    "NOTICES": SITE_DIR / "notices" / "0.1.0",
    "UNGATED_PREFIXES": ["/admin/"],
}
