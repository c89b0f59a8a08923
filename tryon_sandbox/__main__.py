"""The sandbox as a server: `python -m tryon_sandbox --port 8400`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from types import FrameType

# Read when NumPy is loaded: its threads wait busily for each other, a third of what a picture cost.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import uvicorn

from tryon_sandbox import (
    AIDGE_APP_KEY,
    AIDGE_APP_SECRET,
    AILAB_API_KEY,
    Dialect,
    SandboxSettings,
    create_sandbox,
    plain_fetch,
)
from tryon_sandbox.faults import DESCRIPTIONS, Point
from tryon_sandbox.fetching import in_turn

_EPILOG = f"""credentials:
  Aidge   access key {AIDGE_APP_KEY}, secret {AIDGE_APP_SECRET}
  AILab   ailabapi-api-key: {AILAB_API_KEY}

with --control:
  GET  /_sandbox/tasks    every task with its moments, polls and repeats
  POST /_sandbox/faults   [{{"on": "aidge.submit", "fault": "drop_after", "times": 1, "after": 0}}]
  POST /_sandbox/timing   {{"queue_s": 1, "per_image_s": 1.2, "jitter": 0.2}}
  POST /_sandbox/reset

faults on {", ".join(Point)}:
""" + "\n".join(f"  {name:<13} {text}" for name, text in DESCRIPTIONS.items())


def _arguments() -> argparse.Namespace:
    defaults = SandboxSettings()
    parser = argparse.ArgumentParser(
        prog="python -m tryon_sandbox",
        description=__doc__,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8400, help="port, 0 for any (default: %(default)s)")
    parser.add_argument("--folder", type=Path, help="keep tasks and pictures here (default: in memory)")
    parser.add_argument(
        "--control",
        action="store_true",
        help="add /_sandbox/, for tests only: whoever reaches it can break it",
    )
    parser.add_argument(
        "--queue-s", type=float, default=defaults.queue_s, help="seconds before a task starts (%(default)s)"
    )
    parser.add_argument(
        "--per-image-s", type=float, default=defaults.per_image_s, help="seconds for a picture (%(default)s)"
    )
    parser.add_argument(
        "--dialect",
        type=Dialect,
        action="append",
        default=[],
        metavar="NAME",
        help=f"answer differently from the vendors' pages; may be repeated: {', '.join(Dialect)}",
    )
    _add_keys(parser)
    return parser.parse_args()


def _add_keys(parser: argparse.ArgumentParser) -> None:
    """The credentials that the sandbox knows: its own, and as many more as a caller wants to try."""
    parser.add_argument(
        "--aidge-key",
        type=_pair,
        action="append",
        default=[(AIDGE_APP_KEY, AIDGE_APP_SECRET)],
        metavar="KEY:SECRET",
        help="know this access key of Aidge too; may be repeated",
    )
    parser.add_argument(
        "--ailab-key",
        action="append",
        default=[AILAB_API_KEY],
        metavar="KEY",
        help="know this application key of AILab too; may be repeated",
    )


def _pair(text: str) -> tuple[str, str]:
    key, _, secret = text.partition(":")
    if not key or not secret:
        raise argparse.ArgumentTypeError("expected KEY:SECRET")  # not what was given: it may be a secret
    return key, secret


def _leave(signum: int, frame: FrameType | None) -> None:
    sys.exit(0)


def main() -> None:
    """Serves until SIGTERM or Ctrl-C, and then leaves with 0."""
    arguments = _arguments()
    # Uvicorn ends its work on the signal and then raises it again, for whoever handled it before.
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    app = create_sandbox(
        fetch=in_turn(plain_fetch),
        settings=SandboxSettings(
            queue_s=arguments.queue_s,
            per_image_s=arguments.per_image_s,
            dialects=frozenset(arguments.dialect),
            aidge_keys=dict(arguments.aidge_key),
            ailab_keys=frozenset(arguments.ailab_key),
        ),
        folder=arguments.folder,
        control=arguments.control,
    )
    # The access log would hold links and signatures.
    uvicorn.run(app, host=arguments.host, port=arguments.port, access_log=False)


if __name__ == "__main__":
    main()
