"""The parts of the page of forms (填报)."""
