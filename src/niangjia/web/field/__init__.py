"""Pages for phones in the field, which work without network: home visits 入户核查."""
