"""Where work on page files is done: in workers of this machine (corpus/workers.py) or of many (dask.py).

Either way items go in and their results come out in the items' order, a bounded number of them at a time, and an item
that nobody can work on costs itself.
"""
