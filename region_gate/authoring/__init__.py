"""The gate while writing: typed addresses put right or refused, and a draft's crossings shown."""
