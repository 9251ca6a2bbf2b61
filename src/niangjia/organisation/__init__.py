"""组织: union bodies as one tree, regions, employers, posts, delegation and dated regional parameters.

Owns who may act where: it answers the kernel's `Directory`, and it alone knows paths. Regions are reference
data, loaded by `regions.load_regions`. Accounts belong to the kernel, people and members to membership.
Domains declare their own parameters; this package keeps and resolves the values.
"""
