"""Where the site keeps things: the database, the caches, files."""

from pathlib import Path

from environs import Env

from config import cache
from config.databases import connected
from config.secret import make_private
from config.storage_url import read_anchor_storage, read_media_url, read_storage

from .page_cache import page_cache
from .paths import DATA_DIR, SITE_DIR

env = Env()

DATABASES = {
    "default": connected(
        env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}"),
        keep_seconds=env.int("DATABASE_CONN_MAX_AGE", 600),
        pool=env.str("DATABASE_POOL", ""),
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    make_private(DATABASES["default"]["NAME"])
CACHES = {"default": cache.backend(env.dj_cache_url("CACHE_URL", "locmem://"))}
CACHES["pages"] = page_cache(CACHES["default"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Files
STATIC_URL = "/static/"
STATIC_ROOT: Path | None = DATA_DIR / "static"
STATICFILES_DIRS = [SITE_DIR / "static"]
MEDIA_URL = read_media_url(env.str("MEDIA_URL", "/media/"))
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": read_storage(env.str("STORAGE_URL", "")),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if place := read_anchor_storage(env.str("ANCHOR_STORAGE_URL", "").removeprefix("none")):
    STORAGES["anchors"] = place
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700  # the server's own to read
WHITENOISE_ALLOW_ALL_ORIGINS = False
