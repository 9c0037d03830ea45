"""One process that holds the models for every program of a person, and the line before it."""

from app.model_process.channel import Channel, ProcessLostError
from app.model_process.client import ModelClient, RemoteTurn
from app.model_process.fair_queue import FairQueue, Position, Ticket
from app.model_process.held_models import HeldModels
from app.model_process.model_set import ModelSet
from app.model_process.process import ModelProcess, listen
from app.model_process.process_files import ProcessFiles, runtime_folder
from app.model_process.remote import RemoteChat, RemoteEmbeddings
from app.model_process.turn import ChatTurn, LocalTurn

__all__ = [
    "Channel",
    "ChatTurn",
    "FairQueue",
    "HeldModels",
    "LocalTurn",
    "ModelClient",
    "ModelProcess",
    "ModelSet",
    "Position",
    "ProcessFiles",
    "ProcessLostError",
    "RemoteChat",
    "RemoteEmbeddings",
    "RemoteTurn",
    "Ticket",
    "listen",
    "runtime_folder",
]
