"""Enquiries: what visitors write to a region's team by its contact form."""
