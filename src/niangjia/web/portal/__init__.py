"""职工端: the worker's side, on a phone: sign in, what am I due, apply, my matters."""
