"""公示: lists shown to the public for a fixed number of working days, objections that stop them, certificates.

What is on a list and why belongs to the domains above, which post cases here and ask whether they cleared.
"""
