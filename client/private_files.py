"""Files that only their owner reads: folders have mode 0700, files 0600, also those that were there before."""

import os
import stat
from pathlib import Path

from client.errors import ClientError

_OTHERS = 0o077


def make_private_folder(folder: Path) -> None:
    """Makes a folder that only its owner enters. Raises ClientError."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.stat().st_mode & _OTHERS:
            folder.chmod(0o700)
    except OSError as error:
        raise ClientError(
            f"The folder {folder} cannot be used: {error.strerror}. Choose another with LLM_ORCHESTRATOR_CONFIG_DIR."
        ) from error


def open_private(path: Path, flags: int) -> int:
    """Opens a file that only its owner reads, and takes it from everybody else; a descriptor. Raises OSError."""
    handle = os.open(path, flags, 0o600)
    try:
        found = os.fstat(handle)
        if stat.S_ISREG(found.st_mode) and found.st_mode & _OTHERS:
            os.fchmod(handle, 0o600)
    except BaseException:
        os.close(handle)
        raise
    return handle
