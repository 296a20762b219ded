"""A timed thing that exists in the tests alone: a shop owner's promise to put something right.

It shows what a further kind of timed thing (a resolution of a meeting, a duty of a patrol) has to say of itself, and
that everything else is there: its history, ladder, sweep, notices, permissions and answers to a resend are those of
cases. No line of `citymgmt` or `cases` knows of it.
"""
