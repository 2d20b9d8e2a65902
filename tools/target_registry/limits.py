"""How much a stranger may send, in one place; docs/security.md lists the same figures."""

TARGET_BYTES = 64 * 1024
"""Bytes of a target's file."""
PLAN_BYTES = 256 * 1024
"""Bytes of a plan.yaml: 1,500 key works."""
ADJUSTMENT_BYTES = 256 * 1024
"""Bytes of an adjustment record."""
EDITED_BYTES = 2 * 256 * 1024
"""Bytes of a file that is written over or deleted: twice what any may have to be read, so that one too large can be mended."""
DEPTH = 12
"""Levels of nesting in one YAML file."""
EVENTS = 20_000
"""YAML events in one file: a plan of 200 key works needs some 1,500."""
KEYS = 100
"""Keys side by side; the schemas have at most some twenty. Each that they don't have is a finding, and a change of its own."""
FLOW_BRACKETS = 2_000
"""Brackets and braces in one file, counted before the parser sees them."""
DIGITS = 15
"""Digits of a number: what every reader, also one with binary floats, keeps exactly."""
SHOWN = 80
"""Characters of a stranger's value that a message quotes."""
FINDINGS_A_FILE = 50
"""Findings listed for one file as YAML, and as many by its schema, before the rest are only counted."""
GUESSES = 20
"""Misspelt words of a kind in one file or plan of which it is guessed what was meant, more than a target has keys."""
FINDINGS = 20_000
"""Findings about files as YAML and by their schemas in one check; of each further file one is listed and the rest counted."""
FINDINGS_A_PLAN = 1_000
"""Findings about the files of one plan, of the same kinds."""
GATHERED = 150_000
"""Findings with which a check ends, whatever there is left to look at, and says so."""
LISTED = 100_000
"""Findings in one report, errors before all others; the rest are only counted."""
LOADED = 210_000
"""Files of the plans that one command holds or shows; a check lets each plan go, and a comparison reads what differs."""
BLOB_BYTES = 1024 * 1024
"""Bytes of a file in a Git revision beyond which nothing of it is read, not even to pass it over."""
COMPARED_BYTES = 64 * 1024 * 1024
"""Bytes of a file of the working tree beyond which it isn't compared with what Git holds, and counts as changed."""
COMMIT_BYTES = 1024 * 1024
"""Bytes of a commit, its message included, that are read."""
GIT_BYTES = 128 * 1024 * 1024
"""Bytes of one listing of git's: a revision of a million files needs some 100 MiB; a few trees that hold each other make more."""
GIT_MEMORY = 512 * 1024 * 1024
"""Bytes of memory of each of git's processes, where the system can hold it to that: trees that hold each other fill any."""
CHANGED_FILES = 50_000
"""Files in which two revisions that are compared may differ."""
GIT_SECONDS = 60
"""Seconds that one call of git may take."""
GIT_START = 10
"""Seconds that git's first answer may take, for which it reads hardly more than its settings."""
GIT_PATIENCE = 2
"""Seconds of silence after which git is checked for a hang, and asked once more by a process that ends after its answer."""
FORM_BYTES = 5 * 1024 * 1024
"""Bytes of a Word or Excel file that comes back, packed as it is."""
FORM_UNPACKED = 20 * 1024 * 1024
"""Bytes of all its parts together once they are unpacked."""
FORM_TEXT_BYTES = 4 * 1024 * 1024
"""Bytes of a CSV, JSON, Markdown or HTML file that comes back."""
FORM_PARTS = 1_000
"""Parts of a Word or Excel file: one with ten sheets has some forty."""
FORM_MARKS = 500_000
"""Signs of markup, ``<`` and ``=``, in all parts of an Excel file: 500 targets need some 43,000."""
WORD_MARKS = 250_000
"""The same for a Word file, which is held in memory as a tree: 950 targets as the registry writes them, 400 as Word itself writes them."""
FORM_ROWS = 2_000
"""Rows of a sheet or table."""
FORM_COLUMNS = 256
"""Columns of a sheet or table."""
FORM_CELLS = 30_000
"""Cells of a file, blank ones to the left of others included."""
FORM_CHARACTERS = 1_000_000
"""Characters in all cells of a file."""
FORM_MERGES = 10_000
"""Merged ranges of a sheet."""
FORM_FORMATS = 65_536
"""Fonts, and formats of cells, of an Excel file: as many as Excel itself takes."""
FORM_TAG = 1024 * 1024
"""Characters of a tag: parsers hold all attributes of one at once."""
FORM_NAMES = 20_000
"""Different names of elements and attributes in a part; Office's own standards have some 3,000."""
FORM_NAMESPACE = 500
"""Characters of the address of a namespace: a copy is made for each element that is in it."""
FORM_ALTERNATIVES = 1_000_000
"""Declarations of namespaces, times alternatives that ask for one, in a Word file: for each all that are known are gathered."""
FORM_SHARED = 50_000
"""Texts that the cells of an Excel file share."""
FORM_ENTRIES = 20_000
"""Entries of one list of a Word or Excel file: references, kinds of parts, ranges of columns, formats of numbers."""
FORM_KEY_WORKS = 200
"""Key works that a form may name and its plan doesn't have: as many as a plan may have."""
FORM_TARGETS = 300
"""Targets of a form."""
FORM_SENTENCES = 75_000
"""Characters in the cells of a form's targets: 300 targets of 250 each."""
FORM_FIGURES = 1_500
"""Numbers in the sentences of a form, from which measures are made: 300 targets of five each."""
FORM_FAULTS = 1_000
"""Faults of a form that are listed, before the rest are only counted."""
FORM_CHANGES = 1_000
"""Changes that are shown of a form before it is written, the worst first; the rest are only counted."""
FORM_DEPTH = 250
"""Levels of nesting of an HTML page, or of a part of an Office file: what parses takes time by the square of those that are open."""
FORM_LINE = 100_000
"""Characters of a row of a Markdown file, which is read in one piece."""
FORM_LINES = 10_000
"""Lines of a Markdown file, those of its tables and all others."""
HTML_MARKS = 100_000
"""Signs of markup, ``<``, of an HTML page: 500 targets as the registry writes them need some 13,000."""
JOURNAL_BYTES = 24 * 1024 * 1024
"""Bytes of the note that is kept of files while they are written: 100,000 of them need some 18 MiB."""
LADDER_WORDS = 80
"""Words in all ladders of a plan: every two of a ladder are compared."""
LADDER_CHARACTERS = 20
"""Characters of such a word."""
REVISION_CHARACTERS = 4096
"""Characters of a revision's name of which it is found out why it leads to no commit."""
COMMIT_LINE = 200
"""Characters that are shown of a commit's subject, and of each name in it."""
COMMIT_NAMES = 20
"""Reviewers that are shown of a commit."""
SENTENCE_CHARACTERS = 2_000
"""Characters of a text that is read for its figures and compared word by word: what the schema lets a cell hold."""
SENTENCE_FIGURES = 200
"""Numbers in such a text beyond which nothing of it is compared: the figures of each are looked for in the other."""
