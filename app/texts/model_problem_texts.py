"""What can go wrong with models and model servers, in Chinese and in English.

The keys are the reasons of `ModelError`.
"""

from __future__ import annotations

MODEL_PROBLEM_TEXTS: dict[str, tuple[str, str]] = {
    # a model of this machine
    "reason_model-missing": (
        "模型 {model} 还没有下载。请在设置中下载。",
        "The model {model} is not on this machine. Download it in the settings.",
    ),
    "reason_model-damaged": (
        "模型文件已损坏或不完整：{file}。请在设置中重新下载。",
        "The model's file is damaged or incomplete: {file}. Download it again in the settings.",
    ),
    "reason_model-unchecked": (
        "模型文件没有核对过：{file}。请在设置中重新下载。",
        "The model's file was never checked: {file}. Download it again in the settings.",
    ),
    "reason_model-no-file": (
        "没有这个模型文件：{file}。请在设置中选择或下载模型。",
        "There is no model file {file}. Choose or download a model in the settings.",
    ),
    "reason_model-unknown": (
        "没有名为 {model} 的模型。请在设置中选择。",
        "There is no model {model}. Choose one in the settings.",
    ),
    "reason_model-other-kind": (
        "{model} 是另一种用途的模型，不能用在这里。",
        "{model} is a model for another purpose and cannot be used here.",
    ),
    "reason_model-is-folder": (
        "{file} 是文件夹，请指定其中的 .gguf 文件。",
        "{file} is a folder; give the .gguf file in it.",
    ),
    "reason_model-cut-short": (
        "模型文件不完整：{file} 只有 {size} 字节。请重新获取。",
        "The model's file {file} is cut short: it has {size} bytes. Get it again.",
    ),
    "reason_model-no-gguf": (
        "{file} 不是可以使用的模型文件（GGUF）。请重新获取，或选择另一个。",
        "{file} is no model file that can be read (GGUF). Get it again, or choose another.",
    ),
    "reason_model-gguf-version": (
        "不支持 {file} 的格式版本 {version}（支持 2 和 3）。",
        "{file} has GGUF version {version}; 2 and 3 are read.",
    ),
    "reason_model-unreadable": (
        "无法读取模型文件 {file}（{why}）。",
        "The model's file {file} cannot be read ({why}).",
    ),
    "reason_model-unloadable": (
        "无法加载模型 {file}：文件可能损坏、类型不支持，或内存不够。"
        "请在设置中重新下载，或换一个较小的模型。",
        "The model {file} cannot be loaded: it may be damaged, of a kind that is not known, or "
        "need more memory. Download it again in the settings, or take a smaller one.",
    ),
    "reason_no-chat-model": (
        "{file} 不是对话模型。请在设置中选择另一个。",
        "{file} is no chat model. Choose another one in the settings.",
    ),
    "reason_template-refused": (
        "模型不接受这样的提问（{why}）。请在设置中换一个模型。",
        "The model refuses what it is asked ({why}). Choose another one in the settings.",
    ),
    "reason_model-silent": ("模型 {model} 什么也没有写。", "The model {model} wrote nothing."),
    "reason_question-too-long": (
        "问题太长，模型一次只能读 {tokens} 个词元。请缩短问题，或调大 KB_CONTEXT_TOKENS。",
        "The question is too long: the model reads {tokens} tokens at once. Shorten it, or raise "
        "KB_CONTEXT_TOKENS.",
    ),
    "reason_context-small": (
        "模型一次只能读 {tokens} 个词元，放不下文档。请调大 KB_CONTEXT_TOKENS。",
        "The model reads {tokens} tokens at once, which leaves no room for a document. Raise "
        "KB_CONTEXT_TOKENS.",
    ),
    "reason_lora-missing": (
        "没有这个 LoRA 文件：{lora}。请更正或删除设置 KB_LORA。",
        "There is no adapter at {lora}. Correct KB_LORA or unset it.",
    ),
    "reason_lora-none": (
        "{lora} 不是 LoRA 文件。请更正或删除设置 KB_LORA。",
        "{lora} is no LoRA adapter. Correct KB_LORA or unset it.",
    ),
    "reason_lora-misfit": (
        "LoRA 文件 {lora} 不适合模型 {model}。请更正设置 KB_LORA，或换一个模型。",
        "The adapter {lora} does not fit the model {model}. Correct KB_LORA, or choose another "
        "model.",
    ),
    # the embedding model
    "reason_embedding-unloadable": (
        "无法加载向量模型 {folder}（{why}）。请重新下载，或在设置中换一个。",
        "The embedding model {folder} cannot be loaded ({why}). Get it again, or choose another in "
        "the settings.",
    ),
    "reason_embedding-is-file": (
        "{file} 是文件，请指定向量模型所在的文件夹。",
        "{file} is a file; give the folder of the embedding model.",
    ),
    "reason_embedding-no-model": (
        "{folder} 不是向量模型（{why}）。",
        "{folder} is not an embedding model ({why}).",
    ),
    "reason_embedding-odd": (
        "{file} 不属于普通的向量模型，没有加载。请换一个文件夹，或使用原版。",
        "{file} is not one of a plain embedding model, and was not loaded. Take another folder, or "
        "the original one.",
    ),
    "reason_embedding-unsafe": (
        "{folder} 中没有 .safetensors 权重。.bin 和 .pt 文件可能执行代码，不会加载。",
        "{folder} has no .safetensors weights; .bin and .pt files can run code and are not loaded.",
    ),
    "reason_embedding-incomplete": (
        "{folder} 中缺少 {name}。请重新获取这个模型。",
        "{folder} has no {name}. Get the model again.",
    ),
    # a model server
    "reason_server-unreachable": (
        "无法连接模型服务 {host}{why}。请启动它，或在设置中更正地址。",
        "The model server {host} cannot be reached{why}. Start it, or correct its address in the "
        "settings.",
    ),
    "reason_server-silent": (
        "模型服务 {host} 在 {seconds} 秒内没有回应。请看它是否繁忙，再试一次，或换较小的模型。",
        "The model server {host} said nothing for {seconds} seconds. See whether it is busy, ask "
        "again, or take a smaller model.",
    ),
    "reason_server-key-missing": (
        "模型服务 {host} 需要密钥。请在设置中填写。",
        "The model server {host} wants a key. Give it in the settings.",
    ),
    "reason_server-key-refused": (
        "模型服务 {host} 不接受这个密钥。请在设置中更正。",
        "The model server {host} refuses the key. Correct it in the settings.",
    ),
    "reason_server-no-model": (
        "模型服务 {host} 没有模型 {model}（404{said}）。请在设置中更正模型名称或地址。",
        "The model server {host} has no model {model} (404{said}). Correct its name or the address "
        "in the settings.",
    ),
    "reason_server-redirects": (
        "{host} 转到了别的地址（{status}），不会向那里发送内容。请在设置中填写最终的地址。",
        "{host} sends to another address ({status}), where nothing is sent. Give the final address "
        "in the settings.",
    ),
    "reason_server-busy": (
        "模型服务 {host} 现在不接受更多问题（429{said}）。请稍等，或查看账户的限额。",
        "The model server {host} takes no more questions now (429{said}). Wait, or look at the "
        "limits of the account.",
    ),
    "reason_server-prompt-long": (
        "内容太长，模型服务 {host} 放不下（{status}{said}）。请把 KB_CONTEXT_TOKENS 设为它的上限。",
        "The prompt is too long for the model server {host} ({status}{said}). Set "
        "KB_CONTEXT_TOKENS to what it takes.",
    ),
    "reason_server-failed": (
        "模型服务 {host} 出错（{status}{said}）。请查看它的日志，再试一次。",
        "The model server {host} failed ({status}{said}). Look into its log, and ask again.",
    ),
    "reason_server-broke-off": (
        "模型服务 {host} 的回答中途断开。请再问一次；如果经常如此，请查看它的日志。",
        "The model server {host} broke off in the middle of its answer. Ask again, and look into "
        "its log if that goes on.",
    ),
    "reason_server-no-answer": (
        "{host} 没有给出回答。请检查地址（通常以 /v1 结尾），并查看它的日志。",
        "{host} sent nothing that is an answer. Check the address (it often ends in /v1), and look "
        "into its log.",
    ),
    "reason_server-beyond": (
        "模型服务 {host} 的回复过大、过久，或不是应有的形式。请检查地址，并查看它的日志。",
        "The model server {host} sends too much, for too long, or in another form than asked for. "
        "Check the address, and look into its log.",
    ),
    # a download
    "reason_model-nowhere": (
        "没有来源能提供模型 {model}：{why}。",
        "No source has the model {model}: {why}.",
    ),
    "reason_source-lacks-it": ("这个来源没有它", "this source does not have it"),
    "reason_source-unknown": (
        "没有名为 {source} 的下载来源。请更正设置 KB_MODEL_SOURCES。",
        "There is no source {source}. Correct KB_MODEL_SOURCES.",
    ),
    "reason_source-none-given": ("没有指定本机的模型文件", "no file or folder was given"),
    "reason_source-no-place": (
        "没有这个文件或文件夹：{place}",
        "there is no file or folder {place}",
    ),
    "reason_source-no-file": ("{place} 中没有 {file}", "there is no {file} in {place}"),
    "reason_download-room": (
        "磁盘空间不足（{folder}）：需要 {needed:.1f} GB，剩余 {free:.1f} GB。",
        "Too little room on the disk ({folder}): {needed:.1f} GB are needed, {free:.1f} GB are "
        "free.",
    ),
    "reason_download-unwritable": (
        "无法写入 {folder}（{why}）。",
        "{folder} cannot be written to ({why}).",
    ),
    "reason_download-changed": (
        "下载时模型 {model} 被别的程序改动，请重新下载。",
        "The model {model} was changed while it was downloaded; download it again.",
    ),
    "reason_download-unchecked": (
        "没有 {file} 的校验值，无法核对",
        "no SHA-256 is known to check {file} with",
    ),
    "reason_download-unsafe": (
        "不下载 {file}：这种文件可能执行代码",
        "{file} is not fetched: files of this kind can run code",
    ),
    "reason_download-other-size": (
        "{file} 的大小不对：{size} 字节，应为 {right} 字节",
        "{file} has {size} bytes where {right} are right",
    ),
    "reason_download-other-bytes": (
        "{file} 的内容与校验值不符",
        "{file} is not what its SHA-256 says",
    ),
    "reason_download-damaged": (
        "{file} 已损坏，请重新下载",
        "{file} is damaged; download it again",
    ),
    "reason_hub-unreachable": ("无法连接 {host}{why}", "{host} cannot be reached{why}"),
    "reason_hub-failed": ("{host} 出错（{why}）", "{host} failed ({why})"),
    "reason_hub-cut-off": ("{host} 的连接中断", "the connection to {host} ended early"),
    "reason_hub-token": (
        "{host} 需要登录凭证，或需要先在网站上接受许可",
        "{host} asks for a token, or for its licence to be accepted there",
    ),
    "reason_hub-no-file": ("{host} 没有文件 {file}", "{host} has no file {file}"),
    "reason_hub-status": ("{host} 回应 {status}", "{host} answered {status}"),
    "reason_hub-other-part": (
        "{host} 发来的不是要求的部分",
        "{host} sent another part of the file than asked for",
    ),
    "reason_hub-other-size": (
        "{host} 提供 {size} 字节，应为 {right} 字节",
        "{host} offers {size} bytes where {right} are right",
    ),
    "reason_pip-failed": ("pip 未能下载 {package}：{why}", "pip could not bring {package}: {why}"),
    "reason_pip-missing": (
        "这台电脑的 Python 没有 pip。请运行 {python} -m ensurepip 后重新下载",
        "pip is missing: run {python} -m ensurepip, then download again",
    ),
    "reason_pip-unreachable": (
        "pip 未能下载 {package}：无法连接软件源",
        "pip could not bring {package}: its registry cannot be reached",
    ),
    "reason_pip-slow": (
        "pip 在 {seconds} 秒内未能下载 {package}",
        "pip did not bring {package} within {seconds} s",
    ),
    "reason_wheel-missing": (
        "没有收到 {package} {version}",
        "{package} {version} did not arrive",
    ),
}
