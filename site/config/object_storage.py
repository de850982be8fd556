"""Uploads in an S3-compatible object storage."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

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
