"""Coverage: who sees what of a region, when, how often, and who would be missed."""
