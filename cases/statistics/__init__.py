"""What leaders look at: figures that follow from the histories of cases, counted as they change, provable anytime."""
