"""3D scenes: what a globe is given to draw."""
