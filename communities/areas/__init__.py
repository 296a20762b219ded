"""Residential areas (居住小区) on their way to property management."""
