"""The readiness report: exercises, verdict, papers, and the morning."""
