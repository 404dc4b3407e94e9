"""Our own sample pages in every form that an archive may hold them in: one module a form.

Each takes the articles as an editor restored them (`issue.Sheet`) and gives files as a newspaper's system would have
exported them. They are made after the exports, not after our readers.
"""
