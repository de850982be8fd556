"""Uploads in an S3-compatible object storage."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from home.storage import UndoneUploadsMixin

TOLD = "The object storage did not do as it was asked"


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """Raise OSError for what the storage, or the way to it, has refused; FileNotFoundError for no file."""
    try:
        yield
    except ClientError as error:
        kind = FileNotFoundError if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404 else OSError
        raise kind(f"{TOLD}: {error}") from error
    except BotoCoreError as error:
        raise OSError(f"{TOLD}: {error}") from error


class ObjectStorage(UndoneUploadsMixin, S3Storage):
    """Files in a bucket, deleted again if the transaction in which they were saved fails.

    Its errors are OSErrors, like those of a disk. Nothing in the bucket is public by itself: visitors get
    pictures from MEDIA_URL, which is the site, or a host that hands out what lies below `images/`.
    """

    def __init__(self, **given: Any) -> None:
        """Keep a file beside another of the same name; leave rights to the bucket."""
        super().__init__(file_overwrite=False, default_acl=None, querystring_auth=False, **given)

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        """Return the address of the file below MEDIA_URL."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name or ""))

    def exists(self, name: str) -> bool:
        """Say whether there is such a file. Raises OSError."""
        with _as_os_errors():
            return super().exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Return the names of folders and of files there. Raises OSError."""
        with _as_os_errors():
            folders, files = super().listdir(path)
            return [*folders], [*files]

    def delete(self, name: str) -> None:
        """Delete the file, if there is one. Raises OSError."""
        with _as_os_errors():
            super().delete(name)

    def size(self, name: str) -> int:
        """Return the file's size in bytes. Raises OSError."""
        with _as_os_errors():
            return super().size(name)

    def get_modified_time(self, name: str) -> datetime:
        """Return when the file was saved. Raises OSError."""
        with _as_os_errors():
            return super().get_modified_time(name)

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _as_os_errors():
            file = super()._open(name, mode)
            if mode == "rb":
                file.file  # noqa: B018 - fetches it now, where an error can be told
            return file

    def _save(self, name: str, content: Any) -> str:
        with _as_os_errors():
            return super()._save(name, content)


class AnchorBucket(ObjectStorage):
    """A bucket with object lock: of each name, what was put there first, whatever lies over it since.

    A lock keeps every version; whoever may write can still put another one, or a mark of deletion, on top.
    """

    def exists(self, name: str) -> bool:
        """Say whether anything was ever put there. Raises OSError."""
        return self._key(name) in self._firsts(self._key(name))

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return `name`: what is put over the first counts for nothing, and beside it would be no anchor."""
        return name

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Return no folders, and the names of all that was ever put there. Raises OSError."""
        folder = self._key(path)
        folder += "/" if folder and not folder.endswith("/") else ""
        return [], [key.removeprefix(folder) for key in self._firsts(folder)]

    def _open(self, name: str, mode: str = "rb") -> Any:
        first = self._firsts(self._key(name)).get(self._key(name))
        if first is None:
            raise FileNotFoundError(f"{TOLD}: there is no {name}.")
        with _as_os_errors():
            return ContentFile(first.get()["Body"].read(), name)

    def _firsts(self, prefix: str) -> dict[str, Any]:
        """Return the first version of each object whose key begins with `prefix`; S3 lists it last."""
        with _as_os_errors():
            versions = self.bucket.object_versions.filter(Prefix=prefix)
            return {version.object_key: version for version in versions if version.e_tag}

    def _key(self, name: str) -> str:
        return str(self._normalize_name(clean_name(name)))
