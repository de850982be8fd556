"""The publication guard: nothing goes live that names a product without a label in force."""
