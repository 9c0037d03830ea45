"""Files that come in from a browser, on whichever page they are dropped."""
