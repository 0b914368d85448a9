"""One small file a format; EXPORTS in `cli` order. All of them read the public objects."""
