"""BLAKE2b without the rest of `hashlib`, which brings OpenSSL into every process that is forked."""

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]
