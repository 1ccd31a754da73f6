"""What Benchmarks/run is made of: one module for each section of its table, and what they share."""
