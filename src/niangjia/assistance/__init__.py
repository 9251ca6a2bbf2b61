"""帮扶: hardship files from application to archive. Money paid out belongs to payments."""
