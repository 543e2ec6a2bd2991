"""Encoders turn passages and queries into unit vectors."""
