"""What a real vendor may answer, row by row, and what each answer has to come to."""
