"""What the Settings page says of models, in Chinese and in English."""

from __future__ import annotations

MODEL_TEXTS: dict[str, tuple[str, str]] = {
    "settings_model": ("模型", "Model"),
    "model_now": ("正在使用：{name}", "In use: {name}"),
    "model_now_auto": ("{name}（自动选择）", "{name} (automatic)"),
    "model_slow": (
        "它每秒写 {written} 个词元，预计是 {expected} 个。换一个小一些的模型会更快。",
        "It writes {written} tokens a second where {expected} were expected. A smaller model is "
        "faster.",
    ),
    "model_auto": ("自动选择", "Automatic"),
    "model_auto_here": (
        "使用 {name}，这台电脑上原来就有的模型",
        "takes {name}, which was on this machine already",
    ),
    "model_auto_best": (
        "使用 {name}，适合这台电脑的模型中最好的",
        "takes {name}, the best that suits this machine",
    ),
    "model_auto_usual": (
        "使用 {name}，没有更好的模型适合这台电脑",
        "takes {name}, as no better one suits this machine",
    ),
    "model_auto_use_help": (
        "让程序选择适合这台电脑的模型",
        "Leave the model to this program",
    ),
    "model_why": (
        "模型根据找到的段落写出回答。更大的模型通常写得更好，但也更慢、更占内存。",
        "The model writes the answer from the passages that were found. A larger one mostly writes "
        "better, is slower and takes more memory.",
    ),
    "model_here": ("在本机运行", "runs on this machine"),
    "model_server": ("由 {host} 上的服务运行", "runs on a server at {host}"),
    "model_state_ready": ("已加载", "loaded"),
    "model_state_loading": (
        "正在加载……新模型第一次大约要一分钟",
        "loading… a new model takes about a minute the first time",
    ),
    "model_state_waiting": (
        "等当前的回答写完就换",
        "changes as soon as the answer in hand is done",
    ),
    "model_state_idle": ("未加载", "not loaded"),
    "machine": (
        "这台电脑：内存 {memory}，{cores} 个处理器核",
        "This machine: {memory} of memory, {cores} cores",
    ),
    "machine_unknown": ("这台电脑：{cores} 个处理器核", "This machine: {cores} cores"),
    "model_try": ("测试", "Test"),
    "model_try_help": (
        "让正在使用的模型写几句话，看它有多快",
        "Let the model in use write a few lines, to see how fast it is",
    ),
    "model_trying": ("正在测试……", "Testing…"),
    "model_tried": (
        "{first} 秒后写出第一个字，之后每秒约 {speed} 个字",
        "First word after {first} s, then about {speed} words a second",
    ),
    "model_choose": ("可以使用的模型", "Models to choose from"),
    "model_larger": ("需要更大内存的模型（{n}）", "Models that need more memory ({n})"),
    "model_needs": ("需要内存 {memory}", "needs {memory} of memory"),
    "model_too_large": ("内存不够", "too large for this machine"),
    "model_speed": ("估计每秒 {speed} 字", "about {speed} words a second here"),
    "model_untested": ("我们没有试过", "not tried by us"),
    "model_in_use": ("使用中", "In use"),
    "model_use": ("使用", "Use"),
    "model_use_help": ("用 {name} 写回答", "Write answers with {name}"),
    "model_download": ("下载", "Download"),
    "model_download_help": ("下载 {name}（{size}）", "Download {name} ({size})"),
    "model_size_unknown": ("大小未知", "size unknown"),
    "model_downloading": (
        "正在下载 {name}：{done} / {total}",
        "Downloading {name}: {done} of {total}",
    ),
    "model_connecting": ("正在连接下载来源……", "Looking for a source…"),
    "model_checking": ("正在核对 {name}", "Checking {name}"),
    "model_cancel": ("取消下载", "Cancel the download"),
    "model_cancelled": (
        "下载已取消，下次从断开处继续。",
        "The download was cancelled; the next one goes on from there.",
    ),
    "model_downloaded": ("{name} 已下载并核对无误。", "{name} is here and checked."),
    "model_no_download": ("没有下载成功：{problem}", "It could not be downloaded: {problem}"),
    "model_failed": ("没有成功：{problem}", "It did not work: {problem}"),
    # a server
    "server": ("使用模型服务", "Use a model server"),
    "server_why": (
        "由另一个程序或另一台电脑写回答，接口与 OpenAI 相同（llama-server、vLLM、Ollama 等）。",
        "Another program or machine writes the answers, over OpenAI's interface (llama-server, "
        "vLLM, Ollama and others).",
    ),
    "server_leaves": (
        "注意：提问时，问题和找到的段落会发送到这个地址。",
        "Mind: each question goes to this address, with the passages found for it.",
    ),
    "server_url": ("地址", "Address"),
    "server_model": ("模型名称", "Name of the model"),
    "server_key": ("密钥", "Key"),
    "server_key_kept": (
        "密钥已保存，留空则不变。",
        "A key is kept; leave the field empty to keep it.",
    ),
    "server_key_other": (
        "已保存的密钥属于另一个地址，不会发送到这里。留空表示不用密钥，换用这个地址后，旧密钥会被删除。",
        "The key that is kept belongs to another address and is not sent here. An empty field "
        "means no key; with this server in use, the old key is deleted.",
    ),
    "server_try": ("测试连接", "Test the connection"),
    "server_use": ("使用这个服务", "Use this server"),
    "server_stop": ("改回本机的模型", "Back to the model of this machine"),
    "server_missing": ("请填写地址和模型名称。", "Give the address and the name of the model."),
    # embedding
    "embedding_model": ("检索用的向量模型", "Embedding model, for finding passages"),
    "embedding_why": (
        "它决定能找到哪些段落。换一个模型，全部文档都要在后台重新建立索引：{n} 份文档，{time}。",
        "It decides which passages are found. With another one all documents are indexed again in "
        "the background: {n} documents, {time}.",
    ),
    "embedding_why_one": (
        "",
        "It decides which passages are found. With another one all documents are indexed again in "
        "the background: 1 document, {time}.",
    ),
    "about_minutes": ("大约 {n} 分钟", "about {n} minutes"),
    "about_minutes_one": ("", "about a minute"),
    "embedding_use": ("换成 {name}", "Change to {name}"),
    "embedding_gone": (
        "重新建立索引期间，还没轮到的文档暂时检索不到。",
        "Meanwhile a document is not found until its turn has come.",
    ),
}
