"""What a patrol finds."""
