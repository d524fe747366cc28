"""A report of a graph as one page that needs nothing else: what an analyst mails to a colleague."""

from kg.report.page import report

__all__ = ["report"]
