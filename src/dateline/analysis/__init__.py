"""Questions to a record: plain functions from its values to small answers.

Each answer carries the one English sentence that says what was asked. Nothing is stored, and
nothing is put in that the record leaves open: an event without a date is in no period for sure.
"""
