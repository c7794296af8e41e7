"""Reports: figures of a period as a document that anyone can make again, byte for byte."""
