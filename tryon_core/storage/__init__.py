"""What is written down: rows in the ledger, files on the disk, and how long they stay."""
