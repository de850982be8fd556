"""The gate's template tags."""
