"""The gate: no visitor leaves a region, or the site, without the notice approved for it."""
