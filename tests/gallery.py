"""`make gallery`: every screen in every language and size, as pictures in build/gallery."""

from screens.gallery import main

if __name__ == "__main__":
    main()
