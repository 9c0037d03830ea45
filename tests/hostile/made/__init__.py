"""Files made to hurt, each the same whenever it is made."""
