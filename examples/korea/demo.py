"""What `make demo` runs: the example reports into a record and a page, and where to look."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BUILD = HERE.parent.parent / "build"
RECORD = BUILD / "korea.dateline"
PAGE = BUILD / "korea.html"


def dateline(*arguments: object) -> None:
    """Run one dateline command, shown before its output as a user would type it."""
    words = [
        str(
            a.relative_to(Path.cwd()) if isinstance(a, Path) and a.is_relative_to(Path.cwd()) else a
        )
        for a in arguments
    ]
    print(f"\n$ dateline {' '.join(w if ' ' not in w else repr(w) for w in words)}", flush=True)
    subprocess.run([sys.executable, "-m", "dateline.cli", *words], check=True)


def main() -> None:
    """Build, look, verify."""
    BUILD.mkdir(exist_ok=True)
    for old in BUILD.glob("korea.dateline*"):
        old.unlink()
    dateline("build", HERE / "reports", "-o", RECORD)
    dateline("timeline", RECORD, "--kind", "ballistic-missile-launch", "--since", "2024")
    dateline("statements", RECORD, "--by", "Kishida")
    dateline("verify", RECORD)
    dateline("report", RECORD, "-o", PAGE, "--title", "North Korea, 2021 to 2024: an example")
    print(
        f"\nOpen {PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE} in a"
        "\nbrowser: every claim on it leads to the words behind it. Then ask the record itself:"
        "\n    .venv/bin/dateline timeline build/korea.dateline"
        '\n    .venv/bin/dateline search build/korea.dateline "spy satellite"'
        "\nand build one from your own reports:"
        "\n    .venv/bin/dateline build YOUR_FOLDER -o your.dateline"
    )


if __name__ == "__main__":
    main()
