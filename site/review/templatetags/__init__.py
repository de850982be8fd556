"""What the templates of the review may ask."""
