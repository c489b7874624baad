"""The errors that end a command with one line: what the user can put right."""

from __future__ import annotations


class ShiluError(Exception):
    """Something the user can put right; the message says where, what, and what to do next."""


class SettingsError(ShiluError):
    """A setting in the environment or in the settings file is unknown or out of bounds."""


class InputNotFoundError(ShiluError):
    """A path given by the user does not exist."""


class ExpectationBrokenError(ShiluError):
    """What came from a source broke a floor or ceiling that is to fail a run; what was read is loaded all the same."""
