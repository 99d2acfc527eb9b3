"""Makes the project's Python environment from the locked requirements, with nothing but Python itself.

Every command in bin/ starts here. The first run takes a minute or two; later runs compare a fingerprint and
go on at once. Several commands may start at the same time: one prepares, the others wait.
Written so that an old Python can read it far enough to say what is wrong.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "uppsikt-installed.json")
OLDEST = (3, 11)


def say(text):
    """Progress goes to standard error: standard output belongs to the command's result."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def stop(text):
    say(text)
    sys.exit(1)


def use_a_new_enough_python():
    """Start over with a newer Python of the machine, when the one that was found is too old."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(20, OLDEST[1] - 1, -1):
        other = shutil.which("python3.%d" % minor)
        if other:
            os.execv(other, [other] + sys.argv)
    stop(
        "Uppsikt behöver Python %d.%d eller senare; här finns bara %s." % (OLDEST + (sys.version.split()[0],))
    )


def fingerprint(name):
    with open(os.path.join(ROOT, "requirements", name + ".txt"), "rb") as lock:
        return hashlib.sha256(lock.read()).hexdigest()


def installed():
    try:
        with open(STAMP, encoding="utf-8") as stamp:
            return json.load(stamp)
    except (OSError, ValueError):
        return {}


def works():
    """Whether the environment's own Python starts; it does not when the folder or the machine's Python moved."""
    try:
        return subprocess.run([PYTHON, "-c", ""], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def up_to_date(name):
    stamp = installed()
    return stamp.get(name) == fingerprint(name) and stamp.get("folder") == ROOT and works()


def make():
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        stop("Pythons modul venv saknas. I Debian och Ubuntu: apt-get install python3-venv")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], stdout=sys.stderr, check=False)
    if made.returncode:
        stop("Miljön i .venv kunde inte skapas. I Debian och Ubuntu: apt-get install python3-venv")


def install(name):
    command = [PYTHON, "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary", ":all:", "--no-deps"]
    command += ["-r", os.path.join(ROOT, "requirements", name + ".txt")]
    settings = {key: text for key, text in os.environ.items() if key != "PYTHONPATH"}
    if subprocess.run(command, stdout=sys.stderr, env=settings, check=False).returncode:
        stop("Paketen i requirements/%s.txt kunde inte installeras; se ovan." % name)
    where = subprocess.run(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    # The source is used where it lies: a path file needs no build tool and no network.
    with open(os.path.join(where, "uppsikt-source.pth"), "w", encoding="utf-8") as path:
        path.write(os.path.join(ROOT, "src") + "\n")


def ready(name="runtime"):
    """The path of a Python that has everything in requirements/<name>.txt."""
    use_a_new_enough_python()
    if up_to_date(name):
        return PYTHON
    os.makedirs(os.path.join(ROOT, ".cache"), exist_ok=True)
    with open(os.path.join(ROOT, ".cache", "environment.lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not up_to_date(name):
            say("Förbereder miljön (requirements/%s.txt); första gången tar det någon minut ..." % name)
            # The tools in an environment know their folder by its full path, so a moved one is made anew.
            if not works() or installed().get("folder", ROOT) != ROOT:
                make()
            stamp = installed()
            install(name)
            # The larger sets contain the smaller ones (tests/architecture holds them to it).
            for smaller in {"test": ["runtime"], "benchmark": ["runtime", "test"]}.get(name, []):
                stamp[smaller] = fingerprint(smaller)
            stamp[name] = fingerprint(name)
            stamp["folder"] = ROOT
            with open(STAMP + ".new", "w", encoding="utf-8") as draft:
                json.dump(stamp, draft)
            os.replace(STAMP + ".new", STAMP)
    return PYTHON


def run(name, *arguments):
    """Become the program: the same Python environment, the arguments given here and then the user's own."""
    python = ready(name)
    os.environ.setdefault("PYTHONUTF8", "1")
    sys.stdout.flush()
    os.execv(python, [python] + list(arguments) + sys.argv[1:])
