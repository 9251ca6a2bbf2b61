"""劝学: bringing a child who left school back, as often as it takes, and seeing that it stays.

A minor's case: opened only to the duties that work on it and to the guardian, never to a unit's other assistance posts.
"""
