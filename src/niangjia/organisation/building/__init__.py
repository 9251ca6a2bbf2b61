"""建会: how an employer without a union gets one, from the first lead to the founded union in the tree.

Owns leads, the case, its papers, elections, contributions and acceptance, the monthly list of blank spots and the
funnel. It does not own the union itself: the last step founds it by the organisation's own action.
"""
