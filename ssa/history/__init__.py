"""What an object's element sets, held against one another, say about it: errors, and events such as manoeuvres."""
