"""What stands beside the buttons of a form that may not be sent: why, and a link to where it would lead."""

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

from region_gate.html.notes import Note, NoteWriter
from region_gate.links.destinations import Destination, Reason

SUBMITTING = {"button": ("", "submit"), "input": ("submit", "image")}  # by the type as written


def add_form_notes(
    blocked: Iterable[tuple[LexborNode, Destination]], part: LexborNode, writer: NoteWriter
) -> bool:
    """Disable what would have sent the `blocked` forms and buttons of a part, and say why beside it.

    Left to scripts is a form whose action was one. Returns whether anything was said.
    """
    found = [(node, destination) for node, destination in blocked if destination.reason is not Reason.SCHEME]
    said = [_explain(node, destination, part, writer) for node, destination in found]
    return any(said)


def _explain(node: LexborNode, destination: Destination, part: LexborNode, writer: NoteWriter) -> bool:
    buttons = [*_buttons_of(node, part)] if node.tag == "form" else [node]
    for button in buttons:
        button.attrs["disabled"] = ""
    last = buttons[-1] if buttons else None
    note = writer.node(
        Note(writer.words.cannot_send(destination), destination), "gate-form-note", last or node
    )
    if note is None:
        return False
    if last:
        last.insert_after(note)
    else:
        node.insert_child(note)
    return True


def _buttons_of(form: LexborNode, part: LexborNode) -> Iterator[LexborNode]:
    """Give the buttons that would send `form` to its own address, those inside of it last."""
    name = form.attributes.get("id")
    outside = (
        button for button in part.css("button[form], input[form]") if button.attributes["form"] == name
    )
    inside = (button for button in form.css("button, input") if "form" not in button.attributes)
    for button in (*(outside if name else ()), *inside):
        written = button.attributes
        is_sending = (written.get("type") or "").strip().lower() in SUBMITTING[button.tag or ""]
        if is_sending and "formaction" not in written and "data-blocked" not in written:
            yield button
