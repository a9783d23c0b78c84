"""The sample workbook, and the script that makes it."""
