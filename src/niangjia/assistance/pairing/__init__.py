"""结对帮扶: which cadre looks after which household, the visits they owe and pay, and how it passes to a colleague.

The plan of measures belongs to `assistance.plans`; posts and who holds them to the organisation.
"""
