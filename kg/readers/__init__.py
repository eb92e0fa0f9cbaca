"""Files of many kinds to texts: one small file a kind, each a function from bytes to drafts of documents.

``kinds.csv`` lists them; ``dispatch`` picks one; what is read by a library of its own is read ``apart``.
"""
