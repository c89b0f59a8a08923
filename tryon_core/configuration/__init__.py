"""What the environment and the .env file set, read once and checked, with the address of a bucket."""
