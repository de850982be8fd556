"""What a regional legal team may see beside its reviews: its people, all reviews, ageing pages."""
