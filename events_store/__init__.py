"""Where entries are kept: added, never changed, and read back byte for byte."""
