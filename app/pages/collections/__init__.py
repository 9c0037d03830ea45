"""The Collections and assistants page."""
