"""What a decision about a label, a product, a notice or a policy will change for visitors, told before it."""
