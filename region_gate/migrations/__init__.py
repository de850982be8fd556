"""The gate's tables, and the approved words it ships with."""
