"""A process is kept from the network and from other programs by the system, on Linux.

Readers have no use for either. A file that takes one over, or a library that reports how it is
used, as onnxruntime does since 1.29, gets "permission denied".
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys

# Numbers of connect, sendto, sendmsg, sendmmsg, execve and execveat (linux/unistd.h), by machine.
_CALLS = {"x86_64": (42, 44, 46, 307, 59, 322), "aarch64": (203, 206, 211, 269, 221, 281)}
_MACHINES = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}  # as linux/audit.h names them
_OTHER_NUMBERS = 0x4000_0000  # from which x86_64 has a second set of calls
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # of a filter (linux/bpf_common.h)
_SOCKETS = {"x86_64": (41, 425), "aarch64": (198, 425)}  # socket, io_uring_setup
_UNIX = 1  # the family of sockets within the machine
_FIRST_ARGUMENT = 16  # bytes before it in what a filter is shown
_CALL, _MACHINE = 0, 4  # bytes before them in what a filter is shown
_END, _REFUSE, _ALLOW = 0x8000_0000, 0x0005_0000, 0x7FFF_0000  # (linux/seccomp.h)
_NO_NEW_RIGHTS, _SET_FILTER, _FILTER = 38, 22, 2  # of prctl


def shut_off(*, end: bool = False) -> bool:
    """Refuse this process to connect, to send and to start programs, from now on and for good.

    With `end`, the system ends it when it tries. Return False where there is no such means.
    """
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _CALLS:
        return False
    calls = _CALLS[machine]
    refusal = _END if end else _REFUSE | errno.EACCES
    lines = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, _MACHINES[machine]),
        (_RETURN, 0, 0, refusal),
        (_LOAD, 0, 0, _CALL),
        (_AT_LEAST, len(calls) + 1, 0, _OTHER_NUMBERS),
        *((_EQUAL, len(calls) - n, 0, number) for n, number in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, refusal),
    ]
    return _keep(lines)


def shut_off_internet() -> bool:
    """Refuse this process and all that it starts sockets that leave the machine, for good.

    For programs of others, which talk to each other through sockets of the machine (AF_UNIX).
    Return False where there is no such means.
    """
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _SOCKETS:
        return False
    socket, ring = _SOCKETS[machine]
    return _keep(
        [
            (_LOAD, 0, 0, _MACHINE),
            (_EQUAL, 1, 0, _MACHINES[machine]),
            (_RETURN, 0, 0, _REFUSE | errno.EACCES),
            (_LOAD, 0, 0, _CALL),
            (_AT_LEAST, 4, 0, _OTHER_NUMBERS),
            (_EQUAL, 3, 0, ring),  # through which calls go past a filter
            (_EQUAL, 0, 3, socket),
            (_LOAD, 0, 0, _FIRST_ARGUMENT),
            (_EQUAL, 1, 0, _UNIX),
            (_RETURN, 0, 0, _REFUSE | errno.EACCES),
            (_RETURN, 0, 0, _ALLOW),
        ]
    )


def _keep(lines: list[tuple[int, int, int, int]]) -> bool:
    """Have the system hold this process to a filter."""
    filter_ = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *one) for one in lines))
    program = struct.pack("@HP", len(lines), ctypes.addressof(filter_))
    libc = ctypes.CDLL(None)
    if libc.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0):
        return False
    return not libc.prctl(_SET_FILTER, _FILTER, program, 0, 0)
