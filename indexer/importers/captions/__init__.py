"""Importer for captions (VTT and SRT), with timestamps and speakers."""
