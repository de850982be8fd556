"""The demo's pictures and documents, as they lie in content/files/; each region has its own copies."""

from hashlib import sha1
from importlib.resources import files
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from home.models import Region

FILES = files("demo") / "content" / "files"
# What editors read of each in their lists.
TITLES = {
    "folder.png": "What to bring (sample)",
    "vessels.png": "The vessels of the liver (sample)",
    "vessels.webm": "How images of the vessels are made (sample)",
    "vessels.en.vtt": "Captions: the vessels (sample)",
    "vessels.de.vtt": "Untertitel: die Gefäße (Muster)",
    "vessels.fr.vtt": "Sous-titres : les vaisseaux (exemple)",
    "questions.en.pdf": "Questions for your visit (sample)",
    "questions.de.pdf": "Fragen für Ihren Termin (Muster)",
    "questions.fr.pdf": "Questions pour votre rendez-vous (exemple)",
}


def picture(name: str, region: Region) -> Model:
    """Return the picture from the file `name`, such as "folder.png", in the collection of `region`."""
    return _kept(get_image_model(), name, region)


def document(name: str, region: Region) -> Model:
    """Return the document from the file `name`, such as "questions.en.pdf", in the collection of `region`."""
    return _kept(get_document_model(), name, region)


def _kept(model: Any, name: str, region: Region) -> Model:
    title = TITLES[name]
    if found := model.objects.filter(title=title, collection=region.collection).first():
        return found
    made = model(title=title, collection=region.collection, file=_content(name))
    made.save()
    made.get_file_size()  # kept with it, as after an upload
    made.get_file_hash()
    return made


def put_back() -> None:
    """Put back those of the files that are gone from where uploads are kept, as beside a copied database.

    Pictures are cut to size anew where the file of one that was is gone.
    """
    ours = {sha1(_content(name).read()).hexdigest(): name for name in TITLES}  # noqa: S324 - Wagtail's own hash
    for model in (get_document_model(), get_image_model()):
        for thing in model.objects.filter(file_hash__in=ours):
            if not thing.file.storage.exists(thing.file.name):
                thing.file.storage.save(thing.file.name, _content(ours[thing.file_hash]))
    for rendition in get_image_model().get_rendition_model().objects.all():
        if not rendition.file.storage.exists(rendition.file.name):
            rendition.delete()


def _content(name: str) -> ContentFile:
    return ContentFile((FILES / name).read_bytes(), name=name)
