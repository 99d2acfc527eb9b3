"""The installation's own settings, with a folder of its own to write in and nothing slow that tests need not."""

import os
import tempfile

# Before the settings are read: a test must never touch the developer's own database or files.
os.environ["UPPSIKT_VAR"] = tempfile.mkdtemp(prefix="uppsikt-tests-")
for name in (
    "UPPSIKT_DEMO_PASSWORD",
    "UPPSIKT_URL",
    "UPPSIKT_HOSTS",
    "UPPSIKT_DEBUG",
    "UPPSIKT_STATIC",
    "UPPSIKT_SECRET_KEY",
):
    os.environ.pop(name, None)

from uppsikt.config.settings import *  # noqa: E402, F403

# A job is done at once, where it is asked for; tests/actions/jobs also tries the real queue.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
ALLOWED_HOSTS += ["testserver"]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
