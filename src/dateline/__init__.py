"""Dateline reads a pile of news reports and keeps a dated, cited record of who said and did what."""
