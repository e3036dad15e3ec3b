"""Alerts: conjunctions of what is watched, graded by a policy, with the reasons as sentences."""
