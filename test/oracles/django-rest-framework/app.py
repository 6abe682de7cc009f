"""
The documented operations of ibl on the real Django REST framework. It keeps its records in memory, and prints one line
of JSON (URL, versions) when it serves.

Usage: python3 app.py FIELDS START. FIELDS is ibl-fields.tsv. START is JSON: now, tokens, platforms, and choices, the
ledger rows that this vendor treats otherwise than by default.
"""
import json
import logging
import sys
from socketserver import ThreadingMixIn

import django
import rest_framework
from django.conf import settings

FIELDS, START = sys.argv[1], json.loads(sys.argv[2])

settings.configure(
    ALLOWED_HOSTS=['*'],
    INSTALLED_APPS=['rest_framework'],
    LOGGING_CONFIG=None,
    MIDDLEWARE=['django.middleware.common.CommonMiddleware'],
    ROOT_URLCONF='urls',
    SECRET_KEY='not a secret',
    TIME_ZONE='UTC',
    USE_TZ=True,
    REST_FRAMEWORK={
        'DEFAULT_RENDERER_CLASSES': ['rest_framework.renderers.JSONRenderer'],
        'DEFAULT_PARSER_CLASSES': [
            'rest_framework.parsers.JSONParser',
            'rest_framework.parsers.FormParser',
            'rest_framework.parsers.MultiPartParser',
        ],
        'UNAUTHENTICATED_USER': None,
        # Without it, format is a parameter as any other.
        'URL_FORMAT_OVERRIDE': None if START['choices'].get('IBL-FORMAT-PARAM') == 'filter' else 'format',
    },
)
django.setup()
logging.disable(logging.CRITICAL)

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer  # noqa: E402

import world  # noqa: E402


class RequestHandler(WSGIRequestHandler):
    # Otherwise each answer takes 40 ms: headers and body are sent apart.
    disable_nagle_algorithm = True

    def get_environ(self):
        environ = super().get_environ()
        # Python's server invents text/plain. Others pass on that there is no media type.
        if self.headers.get('content-type') is None:
            environ['CONTENT_TYPE'] = ''
        return environ

    def log_message(self, *_):
        pass


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def without_body_of_head(application):
    # Python's server sends it.
    def answer(environ, start_response):
        response = application(environ, start_response)
        if environ['REQUEST_METHOD'] != 'HEAD':
            return response
        response.close()
        return []

    return answer


def main():
    world.open_world(FIELDS, START)
    server = Server(('127.0.0.1', 0), RequestHandler)
    server.set_app(without_body_of_head(WSGIHandler()))
    versions = {
        'python': '.'.join(map(str, sys.version_info[:3])),
        'django': django.get_version(),
        'restFramework': rest_framework.VERSION,
    }
    print(json.dumps({'url': f'http://127.0.0.1:{server.server_port}', **versions}), flush=True)
    server.serve_forever()


main()
