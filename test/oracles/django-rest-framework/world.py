"""Serializers made from the documented fields, and the records of the views."""
import csv
from datetime import datetime
from types import SimpleNamespace

from rest_framework import serializers

KINDS = {
    'string': serializers.CharField,
    'string:date-time': serializers.DateTimeField,
    'integer': serializers.IntegerField,
    'boolean': serializers.BooleanField,
    'object': serializers.DictField,
}

# What the vendor's schema says of values that are not sent.
DEFAULTS = {('createProgramLicense', 'active'): True}

fields = []
now = None
tokens = {}
platforms = []
programs = []
licenses = []


def open_world(file, start):
    global now
    with open(file, encoding='utf8') as lines:
        rows = (line for line in lines if not line.startswith('#'))
        fields.extend(csv.DictReader(rows, delimiter='\t'))
    now = datetime.fromisoformat(start['now'])
    tokens.update(start['tokens'])
    platforms.extend(SimpleNamespace(**each) for each in start['platforms'])
    programs.extend(start['programs'])


def serializer_of(operation, place, names=None):
    """A serializer class with the fields of an operation's body or query, in the order of the docs."""
    documented = {
        row['field']: KINDS[row['type']](**options(row))
        for row in fields
        if (row['operation'], row['in']) == (operation, place) and (names is None or row['field'] in names)
    }
    return type(operation, (serializers.Serializer,), documented)


def options(row):
    nullable = {'allow_null': True} if row['nullable'] == 'yes' else {}
    default = DEFAULTS.get((row['operation'], row['field']))
    if default is not None:
        return {**nullable, 'default': default}
    return {**nullable, 'required': row['required'] == 'yes'}


def parameters(operation):
    return [row['field'] for row in fields if (row['operation'], row['in']) == (operation, 'query')]


def find(records, **wanted):
    for record in records:
        if all(getattr(record, name) == value for name, value in wanted.items()):
            return record
    return None
