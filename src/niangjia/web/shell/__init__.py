"""门面: what every page stands on: who acts, what they may open, how a refusal looks, the parts pages are made of."""
