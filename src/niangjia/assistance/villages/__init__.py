"""驻村帮扶: villages that a union is paired with, the cadres it posts there, what grows there, what the village shares.

Money is recorded, not posted to an account. Villagers are counted, never named; hardship files stay where they are.
"""
