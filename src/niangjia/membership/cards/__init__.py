"""电子会员证: the code that a member's phone shows, what a second phone learns from it, and who looked.

It says that somebody is a member, of which union, as of now. Discounts and entry belong to others.
"""
