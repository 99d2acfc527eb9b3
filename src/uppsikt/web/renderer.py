"""Django's forms in Uppsikt's own clothes: `{{ form }}` and `{{ form.field.as_field_group }}` need no more."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class FormRenderer(DjangoTemplates):
    """Label, help and error in one order everywhere, tied to the field for those who listen."""

    form_template_name = "web/components/form.html"
    field_template_name = "web/components/field.html"
