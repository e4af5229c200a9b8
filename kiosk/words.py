"""Says texts in a language: messages from `config/locale/<lang>/*.po`, catalogue texts, dates, numbers, durations.

English message ids stand in the code; zh_CN and zh_HK are complete by test. A language is one folder with one or more
.po files; facts about it (its own name, font, direction) are entries with msgctxt "language". A fourth language is a
new folder. Read by Babel; no compiled files.
"""
