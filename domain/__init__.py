"""What has happened: entries, the subjects they are about, and how they add up.

This room remembers. It needs nothing but Python, reads no clock and refuses nothing.
"""
