"""帮扶方案 一户一策: what a filed household needs, which measures answer it, and how its income goes until the exit.

The file itself belongs to `assistance`; who looks after the household to `assistance.pairing`. Money is paid elsewhere.
"""
