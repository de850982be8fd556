"""Legal's reports across the regions: the label matrix, comparisons, and what needs attention."""
