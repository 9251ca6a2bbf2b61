"""政策: the rules engine. A benefit policy is a dated text file; this package reads, checks, runs and
explains it.

It knows no Django, no clock and no database: days, cases and folders come in as arguments. docs/policies.md
is the
language reference, `model` the parsed file, `ir` the form every runner executes.
"""
