"""Counting articles and activities by what they have in common: columns of numbers over the whole archive."""
