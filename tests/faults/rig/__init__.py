"""What the fault suite is made of: a library that is killed, and an oracle that knows its past."""
