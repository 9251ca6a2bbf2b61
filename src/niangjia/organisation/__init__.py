"""组织: union bodies, regions, employers, posts, delegation and dated regional parameters."""
