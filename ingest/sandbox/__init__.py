"""Files are read and split in processes of their own, within limits."""

from ingest.sandbox.no_network import shut_off_internet
from ingest.sandbox.pool import PoolClosed, ReadingPool
from ingest.sandbox.reply import Parsed
from ingest.sandbox.request import Request

__all__ = ["Parsed", "PoolClosed", "ReadingPool", "Request", "shut_off_internet"]
