from django.urls import path

from views import ProgramLicenseCreateView, ProgramLicenseUpdateView, ProgramLicenseView

BASE = 'api/catalog/licenses/program/'

urlpatterns = [
    path(BASE, ProgramLicenseView.as_view()),
    path(f'{BASE}create/', ProgramLicenseCreateView.as_view()),
    path(f'{BASE}update/', ProgramLicenseUpdateView.as_view()),
]
