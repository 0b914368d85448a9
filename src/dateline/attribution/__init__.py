"""Who said it: source, cue and content spans of a report, found by a small encoder of our own."""

from dateline.attribution.tagger import find_attributions, tag_reports

__all__ = ["find_attributions", "tag_reports"]
