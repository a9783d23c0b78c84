"""Files in and out: plans, schemes, tables, results as JSON. Takes dataclasses, never a database connection."""
