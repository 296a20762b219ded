"""Whatever is sent, anywhere: an answer with a sentence, no error of ours, nothing half-written.

The walks are derived from the code (the URLconf, the forms that pages show, the API's schema, the workflow table),
so that a new address or field is walked by itself, or fails until it is listed in `world.py`.
"""
