from django.urls import path

import views
from world import kinds

BASE = 'api/catalog/licenses'
SEATS = 'List who holds seats of a {} license'
GROUPS = 'List the groups that hold seats of a {} license'
CHECK = 'Check whether an e-mail address holds a {} license'


def route(kind, end, view, summary):
    """A view of one kind. Its name is shown by OPTIONS."""
    name = kind.title.lower()
    members = {'kind': kind, 'summary': summary.format(name)}
    named = type(f'{kind.title}{view.__name__}', (view,), members)
    return path(f'{BASE}/{name}/{end}', named.as_view())


urlpatterns = [
    *(route(kind, 'create/', views.LicenseCreateView, 'Create a {} license') for kind in kinds),
    *(route(kind, 'update/', views.LicenseUpdateView, 'Update a {} license') for kind in kinds),
    *(route(kind, '', views.LicenseView, 'List {} licenses') for kind in kinds),
    *(route(kind, 'assignment/', views.LicenseAssignmentView, SEATS) for kind in kinds[1:]),
    *(route(kind, 'assignment/group/', views.LicenseGroupAssignmentView, GROUPS) for kind in kinds[1:]),
    route(kinds[1], 'assignment/check/', views.LicenseAssignmentCheckView, CHECK),
]
