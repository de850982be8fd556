"""The admin's form of a picture."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .optimistic_locking import OptimisticLockingMixin


class ImageField(WagtailImageField):
    """Wagtail's field, which also refuses a truncated picture."""

    def check_image_pixel_size(self, f: UploadedFile) -> None:
        """Refuse what is too large, and what cannot be decoded to its end."""
        try:
            super().check_image_pixel_size(f)
        except ValidationError:
            raise
        except Exception as error:  # decoders raise whatever they stumble over
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class ImageForm(OptimisticLockingMixin, BaseImageForm):
    """Wagtail's form, which also refuses broken pictures and conflicting changes; a refusal loses no file."""

    original_file: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Have a file that is sent decoded before it is kept."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("file")
        if field:
            self.fields["file"] = ImageField(
                label=field.label,
                required=field.required,
                widget=field.widget,
                max_length=field.max_length,
            )

    def save(self, commit: bool = True) -> Any:
        """Save the picture; delete its previous file once the transaction is committed."""
        replaced, self.original_file = self.original_file, None
        saved = super().save(commit=commit)
        if commit and replaced and "file" in self.changed_data:
            self.instance.renditions.all().delete()
            transaction.on_commit(lambda: replaced.storage.delete(replaced.name))
        return saved
