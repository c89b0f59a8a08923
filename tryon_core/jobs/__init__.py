"""The life of a job: let in, prepared, sent, followed, kept, taken up again."""
