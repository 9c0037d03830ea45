"""What Streamlit cannot do: small components of our own, plain JavaScript without a build step."""

from app.components.answer_row import answer_row
from app.components.chat_keys import chat_keys
from app.components.documents_table import TableAction, documents_table, table_action, table_view
from app.components.drop import BatchEnd, drop
from app.components.held_place import hold_place
from app.components.links import links
from app.components.look import keep_look
from app.components.narrow_sidebar import fold_narrow_sidebar
from app.components.strings import set_language

__all__ = [
    "BatchEnd",
    "TableAction",
    "answer_row",
    "chat_keys",
    "documents_table",
    "drop",
    "fold_narrow_sidebar",
    "hold_place",
    "keep_look",
    "links",
    "set_language",
    "table_action",
    "table_view",
]
