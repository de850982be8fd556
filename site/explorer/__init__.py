"""The admin's lists of pages: what they show, what is done to many pages at once, what a move causes."""
