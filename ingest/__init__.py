"""Files become text with their structure, chunks, and a plan that mirrors a folder."""
