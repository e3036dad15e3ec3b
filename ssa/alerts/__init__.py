"""Alerts: conjunctions of what is watched, graded by a policy, with the reasons as sentences."""

from ssa.alerts.check import AlertCheck, check_alerts
from ssa.alerts.grading import Alerts, Stakes, grade_encounters
from ssa.alerts.policies import Policy, find_policy, read_policies

__all__ = [
    "AlertCheck", "Alerts", "Policy", "Stakes", "check_alerts", "find_policy", "grade_encounters", "read_policies",
]  # fmt: skip
