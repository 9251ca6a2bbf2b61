"""公开: what anybody may read without an account. Nothing personal beyond what a notice must name."""
