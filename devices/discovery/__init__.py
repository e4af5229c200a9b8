"""What is connected to this machine, what each probably is, and the settings lines that would use it.

Looks only: nothing is opened, nothing is changed, no rights are needed beyond reading sysfs.
"""
