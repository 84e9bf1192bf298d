#!/usr/bin/env python3
"""The command of this project: `python3 build.py` makes the site, `--help` tells what else there is."""

import os
import sys

if sys.version_info < (3, 11):  # this file alone is written for older Pythons too, so that they can say this
    sys.stderr.write("build.py needs Python 3.11 or newer; this is Python %d.%d.\n" % sys.version_info[:2])
    sys.exit(2)

if __name__ == "__main__":  # not in the worker processes, which import this file again
    # Python may have been started with -P, or through a link to this file.
    sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
    from site_builder import bootstrap

    bootstrap.ensure(extra="test" if sys.argv[1:2] == ["test"] else "")
    from site_builder.cli import main

    sys.exit(main())
