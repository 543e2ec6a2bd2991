"""Search indexes: immutable generations behind an engine-independent interface."""
