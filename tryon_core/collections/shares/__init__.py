"""Links under which a collection is shown to people without a login, and what they say of it."""
