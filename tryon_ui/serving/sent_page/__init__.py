"""What a browser is sent: the page with its head and scripts, packed, in its language; errors as pages."""
