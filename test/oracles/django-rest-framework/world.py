"""Serializers made from the documented fields, and the records of the views."""
import csv
from datetime import datetime
from types import SimpleNamespace

from rest_framework import serializers

KINDS = {
    'string': serializers.CharField,
    'string:date-time': serializers.DateTimeField,
    'string:email': serializers.EmailField,
    'integer': serializers.IntegerField,
    'boolean': serializers.BooleanField,
    'object': serializers.DictField,
}

# What the vendor's schema says of values that are not sent.
DEFAULTS = {'active': True}

fields = []
now = None
choices = {}
tokens = {}
platforms = []
SUBJECTS = ['p1', 'p2']

kinds = [
    SimpleNamespace(**{'subjects': SUBJECTS, 'licenses': [], 'counts_assignments': False, **kind})
    for kind in (
        {'title': 'Platform', 'subject': None, 'shows': [], 'unknown': 400},
        {
            'title': 'User',
            'subject': None,
            'shows': ['usage_count'],
            'unknown': 400,
            'counts_assignments': True,
        },
        {
            'title': 'Course',
            'subject': 'course_id',
            'shows': ['course_id', 'usage_count'],
            'unknown': 404,
        },
        {
            'title': 'Program',
            'subject': 'program_key',
            'shows': ['program_id', 'program_key', 'program_name', 'usage_count'],
            'unknown': 400,
            'counts_assignments': True,
        },
    )
]


def open_world(file, start):
    global now
    with open(file, encoding='utf8') as lines:
        rows = (line for line in lines if not line.startswith('#'))
        fields.extend(csv.DictReader(rows, delimiter='\t'))
    now = datetime.fromisoformat(start['now'])
    choices.update(start['choices'])
    tokens.update(start['tokens'])
    platforms.extend(SimpleNamespace(**each) for each in start['platforms'])


def serializer_of(operation, place, names=None):
    """A serializer class with the fields of an operation's body or query, in the order of the docs."""
    documented = {
        row['field']: KINDS[row['type']](**options(row))
        for row in fields
        if (row['operation'], row['in']) == (operation, place) and (names is None or row['field'] in names)
    }
    return type(operation, (serializers.Serializer,), documented)


def options(row):
    common = {**({'allow_null': True} if row['nullable'] == 'yes' else {}), **limits(row)}
    default = DEFAULTS.get(row['field'])
    if default is not None and row['operation'].startswith('create'):
        return {**common, 'default': default}
    return {**common, 'required': row['required'] == 'yes'}


def limits(row):
    """What a model's serializer takes over from the columns of its table."""
    if row['type'] == 'string' and choices.get('IBL-TEXT-LENGTH') == '255':
        return {'max_length': 255}
    if row['field'] == 'count' and choices.get('IBL-COUNT-RANGE') == 'refuse':
        return {'min_value': 0, 'max_value': 2**31 - 1}
    return {}


def parameters(operation):
    return [row['field'] for row in fields if (row['operation'], row['in']) == (operation, 'query')]


def find(records, **wanted):
    for record in records:
        if all(getattr(record, name) == value for name, value in wanted.items()):
            return record
    return None
