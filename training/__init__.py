"""Scripts that train the models Dateline ships. They need torch, which the package does not."""
