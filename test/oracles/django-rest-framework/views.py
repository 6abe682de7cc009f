"""
The views. What the docs leave open is answered as the mock answers it: this app shows what the framework does, not what
the vendor's own code does.
"""
from types import SimpleNamespace

from django.http import Http404
from rest_framework.authentication import TokenAuthentication, get_authorization_header
from rest_framework.exceptions import APIException, AuthenticationFailed, ValidationError
from rest_framework.fields import DateTimeField
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

import world
from world import find, platforms, serializer_of

# What goes through a serializer in a query. The key of each platform is also its organization.
CHECKED = {
    *('active', 'assignment_id', 'email', 'fulfilled', 'group_id', 'license_id', 'page'),
    *('remove_user_assignments', 'user_id', 'verbose'),
}
ALIASES = {'key': 'platform_key', 'org': 'platform_key', 'platform_org': 'platform_key'}
FILTERS = {'course_id', 'external_id', 'name', 'platform_key', 'program_id', 'source'} | set(ALIASES)


class ApiToken(TokenAuthentication):
    keyword = 'Api-Token'
    keywords = ('api-token', 'token', 'api-key')

    def authenticate(self, request):
        if world.choices.get('IBL-TOKEN-SCHEMES') == 'api-token':
            return super().authenticate(request)
        scheme, *rest = get_authorization_header(request).split() or [b'']
        # The framework's own class takes one scheme.
        for keyword in self.keywords:
            if scheme.lower() == keyword.encode():
                self.keyword = keyword
        try:
            return super().authenticate(request)
        finally:
            self.keyword = ApiToken.keyword

    def authenticate_credentials(self, key):
        if key not in world.tokens:
            raise AuthenticationFailed('Invalid token.')
        return SimpleNamespace(is_authenticated=True, **world.tokens[key]), key


class IsDMAdmin(BasePermission):
    def has_permission(self, request, view):
        return bool(request.user) and request.user.role == 'dm-admin'


class IsPlatformAdminReadOnly(BasePermission):
    def has_permission(self, request, view):
        return bool(request.user) and request.method in ('GET', 'HEAD', 'OPTIONS')


class IsKnown(BasePermission):
    def has_permission(self, request, view):
        return bool(request.user)


class Pages(PageNumberPagination):
    page_size = 20
    page_size_query_param = 'page_size'
    max_page_size = 100

    def __init__(self, number):
        self.number = number

    def get_page_number(self, request, paginator):
        return self.number

    def get_paginated_response(self, data):
        if world.choices.get('IBL-PAGE-LINKS') == 'drf':
            return super().get_paginated_response(data)
        return Response({
            'count': self.page.paginator.count,
            'next_page': self.get_next_link(),
            'previous_page': self.get_previous_link(),
            'results': data,
        })


class View(APIView):
    kind = None
    summary = ''
    authentication_classes = [ApiToken]
    permission_classes = [IsDMAdmin]

    @property
    def default_response_headers(self):
        # The recorded answers have it: the vendor has other renderers beside JSON.
        return {**super().default_response_headers, 'Vary': 'Accept'}

    def get_view_description(self, html=False):
        return self.summary

    def handle_exception(self, exc):
        if isinstance(exc, OwnError) and world.choices.get('IBL-VIEW-ERRORS') != 'detail':
            return Response({'error': str(exc)}, status=400)
        return super().handle_exception(exc)


class LicenseCreateView(View):
    def post(self, request):
        data = validated(f'create{self.kind.title}License', request.data)
        taken = data.get('external_id')
        if taken is not None and find(self.kind.licenses, external_id=taken):
            raise ValidationError({'external_id': ['This field must be unique.']})
        platform = find_platform(data, self.kind)
        subject = data.get(self.kind.subject)
        if self.kind.subject and subject not in self.kind.subjects:
            raise unknown(self.kind.subject, subject, self.kind)
        license = SimpleNamespace(
            id=len(self.kind.licenses) + 1,
            created=world.now,
            started=data.get('started', world.now),
            expired=data.get('expired'),
            name=data.get('name', ''),
            count=data.get('count', 0),
            active=data['active'],
            metadata=data.get('metadata', {}),
            source=data.get('source', 'api'),
            external_id=taken,
            platform_key=platform.key,
            **{name: 0 if name == 'usage_count' else subject for name in self.kind.shows},
        )
        shown = writable(show(license), data)
        self.kind.licenses.append(license)
        return Response(shown)


class LicenseUpdateView(View):
    def post(self, request):
        data = validated(f'update{self.kind.title}License', request.data, partial=True)
        license = find_license(data, self.kind)
        if data.get('count', 0) < 0:
            raise OwnError('count cannot be less than the 0 active assignments of this license.')
        names = ('name', 'count', 'started', 'expired', 'active', 'metadata', 'source')
        changed = {name: data[name] for name in names if name in data}
        shown = writable(show(SimpleNamespace(**{**vars(license), **changed})), data)
        vars(license).update(changed)
        return Response(shown)


class LicenseView(View):
    permission_classes = [IsDMAdmin | IsPlatformAdminReadOnly]

    def get(self, request):
        operation = f'list{self.kind.title}Licenses'
        query = validated(operation, request.query_params, True, 'query', CHECKED)
        is_verbose = self.kind.counts_assignments and query.get('verbose')
        pages = Pages(query.get('page', 1))
        page = pages.paginate_queryset(self.found(request, query, operation), request)
        return pages.get_paginated_response([show(each, is_verbose) for each in page])

    def found(self, request, query, operation):
        documented = set(world.parameters(operation))
        wanted = {name: text for name, text in request.query_params.items() if text != ''}
        scope = request.user.platform
        found = [each for each in self.kind.licenses if scope in (None, each.platform_key)]
        for name in FILTERS & documented & set(wanted):
            field = ALIASES.get(name, name)
            found = [each for each in found if getattr(each, field) == wanted[name]]
        if 'query' in wanted:
            found = [each for each in found if wanted['query'].lower() in each.name.lower()]
        if 'active' in query:
            found = [each for each in found if each.active == query['active']]
        for name in set(wanted) - documented - {api_settings.URL_FORMAT_OVERRIDE}:
            found = [
                each
                for each in found
                if name in each.metadata and text_of(each.metadata[name]) == wanted[name]
            ]
        return sorted(found, key=lambda each: each.id, reverse=True)


class LicenseAssignmentView(View):
    """Validates as documented. There are no seats here: every license and assignment is unknown."""

    permission_classes = [IsKnown]
    of = 'Assignment'

    def operation(self, verb):
        return f'{verb}{self.kind.title}License{self.of}'

    def get(self, request):
        operation = f"{self.operation('list')}s"
        query = validated(operation, request.query_params, False, 'query', CHECKED)
        pages = Pages(query.get('page', 1))
        return pages.get_paginated_response(pages.paginate_queryset([], request))

    def post(self, request):
        validated(self.operation('create'), request.data)
        raise Http404

    def delete(self, request):
        validated(self.operation('delete'), request.query_params, False, 'query', CHECKED)
        raise Http404


class LicenseGroupAssignmentView(LicenseAssignmentView):
    of = 'GroupAssignment'


class LicenseAssignmentCheckView(View):
    authentication_classes = []
    permission_classes = []

    def get(self, request):
        operation = f'check{self.kind.title}LicenseAssignment'
        validated(operation, request.query_params, False, 'query', CHECKED)
        raise Http404


class OwnError(APIException):
    status_code = 400


def validated(operation, data, partial=False, place='body', names=None):
    serializer = serializer_of(operation, place, names)(data=data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


def find_platform(data, kind):
    names = {'platform_key': 'key', 'platform_org': 'org', 'platform_id': 'id'}
    given = {names[field]: data[field] for field in names if field in data}
    if not given:
        raise ValidationError({'platform_key': ['This field is required.']})
    platform = find(platforms, **given)
    if platform:
        return platform
    field = next(field for field in names if field in data)
    if any(find(platforms, **{name: value}) for name, value in given.items()):
        fields = ', '.join(field for field in names if field in data)
        raise together(f'{fields} do not name the same platform.')
    raise unknown(field, data[field], kind)


def together(message):
    return ValidationError({'non_field_errors': [message]})


def unknown(field, value, kind):
    if kind.unknown == 404:
        return Http404()
    is_id = isinstance(value, int)
    message = f'Invalid pk "{value}" - object' if is_id else f'Object with {field}={value}'
    return ValidationError({field: [f'{message} does not exist.']})


def find_license(data, kind):
    if not {'license_id', 'external_id'} & set(data):
        raise together('Either license_id or external_id is required.')
    given = {'license_id': 'id', 'external_id': 'external_id'}
    found = [find(kind.licenses, **{name: data[field]}) for field, name in given.items() if field in data]
    if not any(found):
        raise Http404
    if len(found) > 1 and found[0] is not found[1]:
        raise OwnError('license_id and external_id do not name the same license.')
    return found[0]


def writable(shown, data):
    """
    Fails, as a database does, if a value cannot be written as JSON (an infinity, half of a surrogate pair) or is too
    large. A column has at most 64 bits; the mock's numbers have 53.
    """
    if abs(shown['count']) >= 2**53:
        raise OverflowError
    JSONRenderer().render([shown, data.get('metadata'), data.get('enrollment_config')])
    return shown


def show(license, verbose=False):
    dates = DateTimeField()
    shown = {
        name: dates.to_representation(value) if name in ('created', 'started', 'expired') else value
        for name, value in vars(license).items()
    }
    if verbose:
        shown['assignments'] = {'total': 0, 'active': 0, 'pending': 0}
    return shown


def text_of(value):
    if value is None or isinstance(value, (dict, list)):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
