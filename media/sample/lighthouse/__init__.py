"""Keeps asking hosts whether they are there."""
