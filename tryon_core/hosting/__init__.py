"""How a vendor gets at a picture: links to this app, a bucket, links that visitors typed."""
