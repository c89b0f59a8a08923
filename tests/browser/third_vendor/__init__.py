"""A vendor that the product has never heard of: everything about it is in this folder."""

from tests.browser.third_vendor.spec import SPEC

__all__ = ["SPEC"]
