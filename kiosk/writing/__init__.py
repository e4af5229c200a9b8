"""Writing on the screen: pinyin, jyutping and strokes by librime, handwriting by zinnia, rare characters by their parts.

`client` is what the program calls; the engines work in a process of their own (`engine`). `dictionaries` builds, once, at
set-up, what they read.
"""
