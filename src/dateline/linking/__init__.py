"""Links between what single reports say: copies, origins, same words, same event, dates.

Every module takes values and gives values. A link is a proposal with reasons; nothing is merged,
and no answer depends on the order in which the reports came.
"""
