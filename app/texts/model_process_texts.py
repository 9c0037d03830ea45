"""What the line before the model and the process that holds it have to say, in both languages."""

from __future__ import annotations

MODEL_PROCESS_TEXTS: dict[str, tuple[str, str]] = {
    # the line before the model
    "ahead": ("前面还有 {n} 个回答……", "{n} answers before yours…"),
    "ahead_one": ("", "1 answer before yours…"),
    "ahead_seconds": (
        "前面还有 {n} 个回答，大约还要等 {seconds} 秒……",
        "{n} answers before yours, about {seconds} s…",
    ),
    "ahead_seconds_one": ("", "1 answer before yours, about {seconds} s…"),
    "ahead_minutes": (
        "前面还有 {n} 个回答，大约还要等 {minutes} 分钟……",
        "{n} answers before yours, about {minutes} minutes…",
    ),
    "ahead_minutes_one": ("", "1 answer before yours, about {minutes} minutes…"),
    "reason_queue-full": (
        "现在有 {most} 个问题在等待回答，不能再排队。请过一会儿再问。",
        "{most} questions wait for an answer already. Ask again later.",
    ),
    "reason_queue-full-own": (
        "您已有 {most} 个问题在等待回答。请等其中一些有了回答再问。",
        "{most} of your questions wait for an answer already. Ask again when some are answered.",
    ),
    # the process that holds the models
    "reason_model-process-crashes": (
        "运行模型的进程连续 {times} 次意外结束。可能内存不够，或模型文件已损坏："
        "请关闭其他程序，或在设置中换一个较小的模型。",
        "The process that holds the models ended unexpectedly {times} times in a row. It may need "
        "more memory than is free, or a model's file is damaged: close other programs, or take a "
        "smaller model in the settings.",
    ),
    "reason_model-process-start": (
        "无法启动运行模型的进程（{why}）。请再试一次，或设置 KB_MODEL_PROCESS=off。",
        "The process that holds the models does not start ({why}). Try again, or set "
        "KB_MODEL_PROCESS=off.",
    ),
    "reason_model-process-folder": (
        "无法通过 {folder} 共用模型（{why}）。请删除它，或设置 KB_MODEL_PROCESS=off。",
        "The models cannot be shared through {folder} ({why}). Remove it, or set "
        "KB_MODEL_PROCESS=off.",
    ),
}
