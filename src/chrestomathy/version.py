"""The version of this package, its only copy in the code; the build reads it from here."""

VERSION = "0.1.0"
