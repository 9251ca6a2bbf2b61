"""同意: what people agreed that unions may do with their data, when and how, and that they took it back."""
