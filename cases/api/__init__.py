"""The REST API of cases: doors that read, and hand what programs want to `cases.actions`."""
