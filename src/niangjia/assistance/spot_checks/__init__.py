"""抽查: each year the union above draws files of a district by lot, looks into them, and says what it found.

What was drawn can be drawn again by anybody: share, seed and the files that could have been drawn are kept.
"""
