"""How well documents are found: what is asked, what is measured, what it is compared with."""
