"""The model catalogue and download, the chat model, the prompts, answers and citations."""
