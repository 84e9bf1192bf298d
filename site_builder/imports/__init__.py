"""Timelines of other tools, brought in: text to events in our own terms, with everything that could not be taken.

Nothing here touches the disk; `importing` reads the files and writes the entries.
"""
