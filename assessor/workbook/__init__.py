"""The workbook: one SQLite file for all years of a plan, and the only SQL of the program."""
