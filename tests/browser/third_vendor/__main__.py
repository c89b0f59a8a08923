"""The app with one more vendor: the registration is all that it needs."""

from app import main
from tests.browser.third_vendor import SPEC
from tryon_core.vendors.registry import register

if __name__ == "__main__":
    register(SPEC)
    main()
