"""What a figure is told of by the words before it: whether more or less of it is better, or which things are meant.

The words are data, ``words.json``, and looked for with the methods of strings: a pattern with as many Chinese signs
takes longer to make than all the sentences of a proposal take to read.
"""
