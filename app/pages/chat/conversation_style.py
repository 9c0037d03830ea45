"""How the list of conversations in the side bar looks."""

# Rows of a list, not buttons side by side: the title takes what room there is, and ends in dots.
# The menu's name is for screen readers and the mouse that rests on it; its dots are the icon.
CONVERSATION_STYLE = """<style>
.st-key-chats [class*="st-key-chat-row-"] { flex-wrap: nowrap; gap: 0; }
.st-key-chats [class*="st-key-chat-open-"] { flex: 1 1 0; min-width: 0; }
.st-key-chats [class*="st-key-chat-open-"] button {
  justify-content: flex-start; padding: 0.25rem 0.5rem; min-height: 2rem; width: 100%;
}
.st-key-chats [class*="st-key-chat-open-"] button > div,
.st-key-chats [class*="st-key-chat-open-"] button span {
  min-width: 0; justify-content: flex-start;
}
.st-key-chats [class*="st-key-chat-open-"] button p {
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: left;
}
.st-key-chats [class*="st-key-chat-menu-"] { flex: none; width: auto; }
.st-key-chats [class*="st-key-chat-menu-"] button { padding: 0.25rem; min-height: 2rem; }
.st-key-chats [class*="st-key-chat-menu-"] button div[aria-hidden] { display: none; }
.st-key-chats [class*="st-key-chat-menu-"] button p {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}
</style>"""
