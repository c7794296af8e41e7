"""What is allowed, and when: this room decides, and is the only door to the register."""
