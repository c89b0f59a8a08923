"""A file of a package that is installed and never imported: the weights of a network, the known ones."""

import hashlib
import logging
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InstalledFile:
    """Which file of which distribution; `without` says in the log what is not done without it."""

    package: str
    file: str
    sha256: str
    without: str

    def read(self) -> bytes | None:
        """Its bytes, or None where the package is missing or has another file; which of both is logged."""
        data = self._bytes()
        if data is None:
            _LOG.info("%s: %s is not installed.", self.without, self.package)
            return None
        if hashlib.sha256(data).hexdigest() != self.sha256:
            _LOG.warning("%s: %s has another %s.", self.without, self.package, self.file)
            return None
        return data

    def _bytes(self) -> bytes | None:
        try:
            listed = metadata.files(self.package) or []
        except metadata.PackageNotFoundError:
            return None
        place = next((one.locate() for one in listed if one.as_posix() == self.file), None)
        try:
            return None if place is None else Path(str(place)).read_bytes()
        except OSError:
            return None
