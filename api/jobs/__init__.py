"""Heavy questions: what they cost, who computes them, and how an asker follows them.

`README.md` in this folder says how to add a kind.
"""
