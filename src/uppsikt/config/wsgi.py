"""The door for an application server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uppsikt.config.settings")
application = get_wsgi_application()

from uppsikt.config import warming  # noqa: E402 - it reads models, which must be set up first

warming.start()
