"""The pages that a link to a collection shows: plain HTML, for people who have no account here."""
