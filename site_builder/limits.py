"""Every limit on what an author may give, in one place. All are counts: a slow machine takes what a fast one takes.
Only `MAX_MINUTES`, which should never be met, is a time.

They lie far above what honest content needs, and low enough that no file costs much more than its size. docs/limits.md
has them as a table, which a test compares with these values.
"""

from __future__ import annotations

KIB = 1024
MIB = 1024 * KIB

# Files
MAX_TEXT = 1 * MIB  # bytes of a file of text
MAX_MEDIA = 20 * MIB  # bytes of a file in content/media/, or of the look
MAX_FILES = 250_000  # files of content and look together
MAX_TOTAL = 1024 * MIB  # bytes of all of them: they are held in memory during a build
MAX_FOLDERS = 16  # folders inside one another
MAX_UNSEEN = 20  # characters that nobody sees: so many are shown of a file, the others are counted

# Fields
MAX_FRONT_MATTER = 64 * KIB  # characters between the two lines `---`
MAX_YAML_DEPTH = 6  # lists and groups inside one another
MAX_JSON_DEPTH = 16  # the same in CSL-JSON
MAX_ITEMS = 200  # items of one list in the front matter or in a record
MAX_NAMES = 100  # actors or places of an entry: it stands on the page of each
MAX_NAMED = 20  # actors or places of an entry that have no record: each makes a page
MAX_ID = 100  # characters of an id
MAX_DATE = 100  # characters of a date
MAX_ADDRESS = 4096  # characters of an address

# Text in Markdown; see `markup` for what each costs without its limit
MAX_BODY = 96 * KIB  # bytes
MAX_LINE = 30_000  # characters of a line
MAX_LINES = 10_000
MAX_HEADINGS = 1000  # headings and rules
MAX_BRACKETS = 1000  # opening brackets
MAX_OPENED = 100  # opening brackets of a paragraph that begin no citation
MAX_BACKSLASHES = 10_000
MAX_SIGNS = 10_000  # asterisks, underscores and backticks
MAX_CELLS = 5000  # cells of tables, where a short row counts as many as its heading has
MAX_FILLED = 500  # cells of tables that short rows leave out
MAX_HINTS = 200  # findings of one kind in one text; the rest is found when these are mended
MAX_NESTING = 20  # lists and quotations inside one another, in one line

# What stands on many pages, or makes more than pages
MAX_SITE = 5000  # characters of what site.yaml says of the site: every page shows it
MAX_REGIONS = 50  # maps of the site
MAX_PHASES = 50  # each with a picture
MAX_PAGES = 50  # pages of the author's own: every page leads to them
MAX_POINTS = 1000  # figures of a series
MAX_TOLD = 16 * KIB  # characters of a record of a registry or a bibliography, without what only exports have

# BibTeX
MAX_RECORD = 64 * KIB  # characters of a record, with all of its fields
MAX_BRACES = 2000  # of a record
MAX_MACRO = 1000  # characters of a text that others may use

# What is said
MAX_LISTED = 1_800_000  # bytes of findings for programs: the rest is counted

# What should never be needed
MAX_MINUTES = 60  # of a build, unless `--time-limit` says otherwise
