"""Element sets in and out."""
