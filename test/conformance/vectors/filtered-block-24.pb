
grid"