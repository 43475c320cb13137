"""Amounts in templates."""

from django import template

from economics.money import told

register = template.Library()


@register.filter
def cents(amount: int) -> str:
    """Return minor units as people read them: `€10.00`."""
    return told(amount)
