"""What editors may do with words, in each kind of text."""

TERM = "term"
WORDS = ["bold", "italic", "superscript", "subscript", "link", "document-link", TERM]
TEXT_FEATURES = ["h3", *WORDS, "ol", "ul"]
CELL_FEATURES = [*WORDS, "ol", "ul"]
CALLOUT_FEATURES = WORDS
