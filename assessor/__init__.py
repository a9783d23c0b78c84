"""The annual-assessment workbook: layers point one way, see docs/architecture.md."""
