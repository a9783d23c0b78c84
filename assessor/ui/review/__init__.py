"""The page of the review: what deserves a look, appeals and objections, adjustments; the dialogs are in dialogs/."""
