"""A model one can talk to: llama.cpp in this process, or a server."""

from llm.chat.counted import CountedChat
from llm.chat.llama import LlamaChat
from llm.chat.logprobs import TokenLogprob, as_metadata, token_logprobs
from llm.chat.probe import PROBE_CONTEXT, probe
from llm.chat.probe_tasks import tasks_digest
from llm.chat.profile import (
    Calibration,
    Profile,
    calibrate,
    kept_profile,
    profile_key,
    shipped_profile,
)
from llm.chat.replies import one_line
from llm.chat.server import EndpointChat
from llm.chat.streamed import StreamedChat, complete, sound_text
from llm.chat.tune import Pace, Suits, measure_pace, what_suits

__all__ = [
    "PROBE_CONTEXT",
    "Calibration",
    "CountedChat",
    "EndpointChat",
    "LlamaChat",
    "Pace",
    "Profile",
    "StreamedChat",
    "Suits",
    "TokenLogprob",
    "as_metadata",
    "calibrate",
    "complete",
    "kept_profile",
    "measure_pace",
    "one_line",
    "probe",
    "profile_key",
    "shipped_profile",
    "sound_text",
    "tasks_digest",
    "token_logprobs",
    "what_suits",
]
