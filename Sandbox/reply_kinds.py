"""Why a reply is no program: one exception with the kinds of PROTOCOL.md."""

EMPTY = "empty"
REFUSED = "refused"
THINKING_ONLY = "thinking only"
NO_CODE = "no code"
SYNTAX = "syntax"
TRUNCATED = "truncated"
WRONG_NAME = "wrong name"
SIGNATURE = "signature"
EMPTY_BODY = "empty body"
NO_VALUE = "no value"
UNRESOLVED_NAME = "unresolved name"
UNSUPPORTED_FORM = "unsupported form"
EDIT = "edit"
TOO_LONG = "too long"
TOO_COMPLEX = "too complex"


class Discard(Exception):
    """The reply is no program, and why."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind
        self.message = message


class Budget:
    """Bounds the text that is parsed for one reply: every attempt to mend it costs another parse."""

    def __init__(self, characters):
        self._left = characters

    def spend(self, characters):
        """Pays for one parse."""
        self._left -= characters + 200
        if self._left < 0:
            raise Discard(TOO_COMPLEX, "the reply takes too many attempts to read; write one code block")
