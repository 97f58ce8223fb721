"""Facts, their sources, and the base that holds them."""
