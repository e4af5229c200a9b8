"""`make gallery`: every view in every way, as graded pictures in build/gallery."""

import sys

from screens.gallery import main

if __name__ == "__main__":
    sys.exit(main())
