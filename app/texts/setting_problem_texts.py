"""What can be wrong with settings and addresses, in Chinese and in English.

The keys are reasons of `UsageError` and of `AddressError`.
"""

from __future__ import annotations

SETTING_PROBLEM_TEXTS: dict[str, tuple[str, str]] = {
    "reason_setting-wrong": (
        "设置 {setting}{given} 有误：{why}。请改正或删除这项设置。",
        "The setting {setting}{given} is wrong: {why}. Set it right or unset it.",
    ),
    "reason_value-least": ("不能小于 {n}", "It must be {n} or more"),
    "reason_value-more": ("必须大于 {n}", "It must be more than {n}"),
    "reason_value-most": ("不能大于 {n}", "It must be {n} or less"),
    "reason_value-whole": ("应为整数", "It must be a whole number"),
    "reason_value-number": ("应为数字", "It must be a number"),
    "reason_value-switch": ("应为 true 或 false", "It must be true or false"),
    "reason_value-wrong": ("不能使用这个值", "This value cannot be used"),
    "reason_setting-unknown": (
        "没有名为 {setting} 的设置。请检查环境变量的名称。",
        "There is no setting {setting}. Check the name of the variable in the environment.",
    ),
    "reason_setting-unknown-in": (
        "设置文件 {file} 中的 {setting} 不是设置的名称，请更正。",
        "There is no setting {setting}, as in the file {file}. Check its name.",
    ),
    "reason_setting-no-user": (
        "设置 {setting}={given} 有误：没有这个用户。请改正。",
        "The setting {setting}={given} is wrong: there is no such user. Set it right.",
    ),
    "reason_setting-encoding": (
        "设置 {setting} 里有无效的字符，请改正。",
        "The setting {setting} holds broken characters. Set it right.",
    ),
    "reason_setting-not-kept": (
        "{setting} 的这个值无法保存，请换一个。",
        "This value of {setting} cannot be kept; change it.",
    ),
    "reason_data-dir-in-file": (
        "设置文件 {file} 中不能有 KB_DATA_DIR，请删除这一行。",
        "The file of settings {file} must not hold KB_DATA_DIR; take it out.",
    ),
    "reason_lora-and-server": (
        "KB_LORA 只用于本机的模型，而 KB_LLM_BASE_URL 让别的服务回答。请删除其中一项。",
        "KB_LORA changes the model of this machine, and with KB_LLM_BASE_URL another one answers. "
        "Unset one of them.",
    ),
    "reason_settings-not-utf8": (
        "设置文件 {file} 不是 UTF-8 文本。请另存为 UTF-8。",
        "The file of settings {file} is not in UTF-8. Save it as UTF-8.",
    ),
    "reason_settings-unreadable": (
        "无法读取设置文件 {file}（{why}）。",
        "The file of settings {file} cannot be read ({why}).",
    ),
    "reason_settings-line": (
        "设置文件 {file} 的第 {line} 行有误，应写成“名称=值”。",
        "Line {line} of the file of settings {file} is no setting; write NAME=value.",
    ),
    "reason_settings-no-file": (
        "{file} 不是文件，请移走它。",
        "{file} is no file; take it away.",
    ),
    "reason_settings-unwritable": (
        "无法写入设置文件 {file}（{why}）。请检查权限和剩余空间。",
        "The file of settings {file} cannot be written ({why}). Check its permissions and the "
        "space on the disk.",
    ),
    "reason_tune-server": (
        "回答由模型服务写，这台电脑上没有可以测量的模型。",
        "A server writes the answers; there is no model here to measure.",
    ),
    "reason_tune-unwritable": (
        "无法写入测量结果 {file}（{why}）。请检查权限和剩余空间。",
        "What was measured cannot be written to {file} ({why}). Check its permissions and the "
        "space on the disk.",
    ),
    # the address of a model server
    "reason_address-none": (
        "不是有效的地址。请写成 http://127.0.0.1:8080/v1 这样",
        "It is no address; give one like http://127.0.0.1:8080/v1",
    ),
    "reason_address-scheme": (
        "地址要以 http:// 或 https:// 开头",
        "The address must begin with http:// or https://",
    ),
    "reason_address-password": (
        "地址里不能有用户名或密码，密钥请填在“密钥”里",
        "The address must not hold a user or password; there is a field for the key",
    ),
    "reason_address-query": (
        "地址要以路径结尾，如 /v1，不能带 ? 或 #",
        "The address must end with its path, such as /v1, without ? or #",
    ),
}
