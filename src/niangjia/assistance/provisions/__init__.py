"""对外提供: whose data went out to whom, when and for what; kept at least three years."""
