"""What editors put right: lines of a text file beside the archive, replayed over whatever extraction makes.

correction.py, kinds.py   what a correction is          file.py       the lines
matching.py               what it means on a page       applying.py   all of them over a page:
sheet.py, structure.py, names.py, facts.py                parts, names, and figures, days and activities
replay.py                 the archive kept in step      changes.py    before and after, for people
change.py, carrying_out.py  a change: previewed, written  listing.py  what became of each
reviewing.py              that somebody has looked
"""
