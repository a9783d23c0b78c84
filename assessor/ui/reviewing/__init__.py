"""评委: how far each reviewer is, who marks what, sheets out and in."""
