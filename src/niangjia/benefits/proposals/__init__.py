"""政策找人: the open schemes are put to the register, and whoever is due something is told. Applying is theirs."""
