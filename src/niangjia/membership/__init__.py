"""会员: people, households and members. Hardship and money belong to others."""
