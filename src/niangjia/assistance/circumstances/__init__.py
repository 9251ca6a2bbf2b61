"""家庭情况: what the official form asks about a family, as dated statements; a correction is a new statement."""
