"""Shapes of queries and answers, as the OpenAPI document states them. Answers may gain keys; none is taken away."""
