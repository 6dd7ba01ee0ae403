"""The version of this program, one place for the package, the hash of answers and the app."""

VERSION = "0.1.0"
