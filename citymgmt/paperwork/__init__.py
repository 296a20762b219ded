"""Papers that the worker makes into files and keeps: what bulletins and minutes have in common.

The thing that a paper is of has `version`, the number of its texts, and the related names `files` and `jobs`.
"""
