from django.urls import path

from niangjia.web.workbench import hardship

urlpatterns = [
    path("hardship-files/", hardship.hardship_files, name="hardship_files"),
    path("hardship-files/<uuid:public_id>/", hardship.hardship_file, name="hardship_file"),
    path("hardship-files/<uuid:public_id>/papers/", hardship.attach, name="hardship_attach"),
    path("papers/<uuid:public_id>/", hardship.attachment, name="attachment"),
    path("papers/<uuid:public_id>/preview/", hardship.attachment_preview, name="attachment_preview"),
    path("papers/<uuid:public_id>/void/", hardship.void_attachment, name="attachment_void"),
]
