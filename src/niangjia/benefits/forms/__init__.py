"""What pages and API accept about schemes and applications."""
