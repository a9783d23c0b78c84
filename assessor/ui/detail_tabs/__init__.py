"""What the detail pane shows of a unit, or of one of its indicators, beside the trace: evidence, history, notes."""
