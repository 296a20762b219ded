"""What comes from outside the office: residents' reports, how they follow and judge them, and programs that report."""
