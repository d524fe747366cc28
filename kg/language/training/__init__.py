"""Training of the shipped language pipeline from treebanks and entity corpora.

`python -m kg.language.training --corpora DIR` trains it again; nothing here is needed at run time.
"""
