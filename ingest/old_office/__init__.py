"""Office files from before 2007 (DOC, PPT), rich text (RTF), and files behind a password."""
