"""The intake reads spreadsheets and checks them; it never writes to the register."""
