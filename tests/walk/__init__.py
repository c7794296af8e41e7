"""Random walks: the register against a small model of the rules, written a second time."""
