"""Keeping a graph over the years: is it whole, a copy in one file, two versions compared, one made of another."""

from kg.upkeep.archive import back_up, bring_back
from kg.upkeep.check import Finding, check
from kg.upkeep.difference import Difference, difference
from kg.upkeep.migration import migrate

__all__ = ["Difference", "Finding", "back_up", "bring_back", "check", "difference", "migrate"]
