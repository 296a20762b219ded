"""Units without a log-in: by a link that opens once they see their own resolutions, invitations and receipts.

The secret of a link is shown once and kept as a hash. Opening it takes a button, so that a program that looks at
addresses in messages uses nothing up; from then on the session alone lets in, for a few hours.
"""
