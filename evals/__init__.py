"""How right Dateline is: its own stages on public data, scored by the data's own scorers."""
