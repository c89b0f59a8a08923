"""The server: what it lets in, and what it sends."""
