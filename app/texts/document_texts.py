"""What the app says of documents, collections and the index, in Chinese and in English."""

from __future__ import annotations

DOCUMENT_TEXTS: dict[str, tuple[str, str]] = {
    # documents
    "in_library": ("知识库共有 {n} 份文档", "{n} documents in the library"),
    "in_library_one": ("", "1 document in the library"),
    "no_documents": (
        "还没有文档。把文件拖到上面就会自动处理，处理好即可提问。",
        "No documents yet. Drop files above; each can be asked about as soon as it is ready.",
    ),
    "find": ("按文件名或标题筛选", "Filter by name or title"),
    "none_found": ("没有符合的文档。", "No document matches."),
    "pages": ("{n} 页", "{n} pages"),
    "pages_one": ("", "1 page"),
    "chunks": ("{n} 段", "{n} passages"),
    "chunks_one": ("", "1 passage"),
    "refused": ("{name}：{reason}", "{name}: {reason}"),
    "queued": ("排队中", "Waiting its turn"),
    "reading": ("正在读取", "Reading"),
    "reading_share": ("正在读取：{done} / {total}", "Reading {done} of {total}"),
    "embedding": ("正在建立索引", "Indexing"),
    "embedding_share": ("正在建立索引：{done} / {total}", "Indexing {done} of {total}"),
    "blocked": ("等待中：{problem}", "Waiting: {problem}"),
    "ready": ("可以提问", "Ready"),
    "failed": ("未能读取：{reason}", "Not read: {reason}"),
    "stale": (
        "仍是旧版本，新版本未能读取：{reason}",
        "Older version; the new one was not read: {reason}",
    ),
    "delete": ("删除", "Delete"),
    # collections, health
    "collection": ("文档集", "Collection"),
    "collection_to": ("放入文档集", "Add to collection"),
    "collection_asked": ("文档集：{name}", "Collection: {name}"),
    "collection_help": (
        "上传的文件放入这个文档集；输入新名称即可新建。",
        "Uploads go into this collection; type a name to make a new one.",
    ),
    "collection_bad": (
        "请输入 1 到 {n} 个可见字符的文档集名称。",
        "Give the collection a name of 1 to {n} visible characters.",
    ),
    "all": ("全部文档集", "All collections"),
    "index_building": (
        "正在重建索引，期间由精确检索回答",
        "Building the index; exact search answers meanwhile",
    ),
    "index_trouble": (
        "索引暂不可用，由精确检索回答：{problem}",
        "The index cannot be used now, exact search answers: {problem}",
    ),
    "read_only": (
        "知识库是只读的：可以提问，不能添加或删除文档。",
        "The library is read-only: it can be asked, but no document added or deleted.",
    ),
    "disk_low": (
        "磁盘只剩 {n} MB。请清理空间，否则新文档无法处理。",
        "The disk has {n} MB left. Free some space, or new documents cannot be read.",
    ),
}
