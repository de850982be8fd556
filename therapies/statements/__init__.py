"""Required statements: what legal has every page of a region, or of one of its countries, say."""
