"""Papers: documents out, in the layout of Decree 30/2020: Word, PDF/A and Excel."""
