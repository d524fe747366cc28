"""The fixture by which tests of the command line run it."""

from tests.cli.conftest import kg

__all__ = ["kg"]
