"""What is asked of staff beyond a password, and what is written down of what they do."""
