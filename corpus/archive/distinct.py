"""What is told several times, once: of each group the first among those that are wanted."""

from corpus.archive.conditions import Rows


def first_activities(wanted: Rows) -> Rows:
    """Of the wanted activities (a condition over table `activity`) the first of each that are the same.

    The first among the wanted: an activity does not vanish because another paper's account of it is filtered out.
    """
    return Rows(
        "activity.id IN (SELECT id FROM (SELECT activity.id, row_number() OVER ("
        "PARTITION BY coalesce(activity_group.leader, activity.id) ORDER BY activity_group.rank) AS turn"
        " FROM activity LEFT JOIN activity_group ON activity_group.activity = activity.id"
        f" WHERE {wanted.sql}) WHERE turn = 1)",
        wanted.values,
    )
