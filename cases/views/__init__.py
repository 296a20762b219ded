"""Pages of cases: doors that read, and hand what people want to `cases.actions`."""
