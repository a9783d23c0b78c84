"""Setting Chinese text in PDF: faces, line breaking, paragraphs on a grid, ruled tables, charts."""
