"""Routes: query in, one question, answer out."""
