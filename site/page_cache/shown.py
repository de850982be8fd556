"""What visitors see, by model: a change of any of these starts a new edition."""

from django.db.models import Model
from redirects.models import Redirect as LibraryRedirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from home.models import Region, WholeName
from redirecting.models import Redirect
from region_gate.models import Notice, NoticeVersion, NoticeWithdrawal
from review.models import Approval
from therapies.models import (
    EndingChoice,
    Label,
    LabelText,
    Mention,
    Product,
    Reference,
    Statement,
    StatementText,
    Topic,
)

# Pages of every type; policies, too, for which the gate sees to it itself.
SHOWN: tuple[type[Model], ...] = (
    *(Page, Site, Locale, PageViewRestriction),
    *(Collection, CollectionViewRestriction, get_document_model(), get_image_model()),
    *(Region, WholeName, Topic, Reference, Product, Label, LabelText, Mention, EndingChoice),
    *(Statement, StatementText),
    *(Notice, NoticeVersion, NoticeWithdrawal, Redirect, LibraryRedirect, Approval),
)

# Of these, only what they say of when something goes live.
SCHEDULES = ("wagtailcore.Revision", "review.Release")
