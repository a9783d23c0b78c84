"""The page of analyses: what each of its parts shows and does."""
