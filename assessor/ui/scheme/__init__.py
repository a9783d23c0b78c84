"""The parts of the page of schemes (细则): the tree, a pane for each kind of entry, the trial, the list of faults."""
