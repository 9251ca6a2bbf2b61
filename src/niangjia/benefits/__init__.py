"""待遇: schemes, facts, decisions by policy, applications, appeals. Money paid out belongs to payments."""
