"""县区结对, 一县一项目: county unions that help those of key counties, with money, with advice and with projects.

Only what was promised, given and confirmed is on record; nothing is posted to an account. What villages get through
their cadres is other money and not counted here; cadres paired with households belong to `assistance.pairing`.
"""
