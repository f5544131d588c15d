"""Partners and clusters, by steps that Spark repeats until nothing changes."""
from pyspark.sql import Window, functions as F

from engine import fields, line

PAIR = [
    ("l", "long"), ("r", "long"), ("left", "string"), ("right", "string"), ("lorder", "long"), ("rorder", "long"),
    ("weight", "string"), ("pattern", "string"),
]
ROUNDS = 10


def shift(engine, pairs):
    """How many records of the shorter list have a partner at all, and what follows for all weights."""
    record, other = ("r", "l") if engine.plan["rightRows"] <= engine.plan["leftRows"] else ("l", "r")
    lines = pairs.repartition(engine.partitions, record).sortWithinPartitions(record, other)
    lines = lines.select(line(record, "weight").alias("value"))
    steps = fields(engine.pipe(engine.lines(lines, set_down=True), "evidence"), [("step", "long"), ("count", "long")])
    steps = steps.groupBy("step").agg(F.sum("count").alias("count")).collect()
    engine.advance("shift", lines="".join(f"{each['step']}\t{each['count']}\n" for each in steps))


def chances(engine, pairs):
    """The chances among rivals: what each pair's two records tell each other, ten times (docs/decisions/0020).

    Sums run in the order of the other side's rows, so that they are the same to the last bit as on one machine.
    """
    lines = pairs.select(line(*[name for name, _ in PAIR]).alias("value"))
    shared = fields(engine.pipe(engine.lines(lines), "share"), PAIR + [("odds", "double")])
    everything = (Window.unboundedPreceding, Window.unboundedFollowing)
    of_left = Window.partitionBy("l").orderBy("r").rowsBetween(*everything)
    of_right = Window.partitionBy("r").orderBy("l").rowsBetween(*everything)
    shared = shared.withColumns({"a": F.lit(1.0), "b": F.lit(1.0)})
    for _ in range(ROUNDS):
        shared = shared.withColumn("all_left", F.sum(F.expr("odds * b")).over(of_left))
        shared = shared.withColumn("all_right", F.sum(F.expr("odds * a")).over(of_right))
        shared = shared.withColumns({
            "a": F.expr("1D / (1D + greatest(all_left - odds * b, 0D))"), "b": F.expr("1D / (1D + greatest(all_right - odds * a, 0D))"),
        })
    own = F.expr("odds * a * b")
    return shared.select(*[name for name, _ in PAIR], (own / (F.lit(1.0) + own)).alias("chance"))


def by_strength(frame):
    """The windows that number the pairs of each left and each right record, the strongest first, ties by the ids."""
    weight = F.col("weight").cast("double").desc()
    left = Window.partitionBy("l").orderBy(weight, "rorder", "right")
    right = Window.partitionBy("r").orderBy(weight, "lorder", "left")
    return frame.withColumns({"in_left": F.row_number().over(left), "in_right": F.row_number().over(right)})


def best_links(pairs):
    """Pairs that are the strongest of one of their two records."""
    return by_strength(pairs).where("in_left = 1 OR in_right = 1").drop("in_left", "in_right")


def one_to_one(pairs):
    """The strongest pairs first, each record once. A pair that is the strongest of both its records is taken, whatever else there is;
    the others of the two are then let go, until no pair is left."""
    chosen, rest = None, pairs.persist()
    while True:
        taken = by_strength(rest).where("in_left = 1 AND in_right = 1").drop("in_left", "in_right").persist()
        if taken.isEmpty():
            return chosen if chosen is not None else taken
        chosen = taken if chosen is None else chosen.unionByName(taken)
        rest = rest.join(taken.select("l"), "l", "left_anti").join(taken.select("r"), "r", "left_anti")
        rest = rest.select(*pairs.columns).persist()


def clusters(engine, pairs, rows):
    """`row, cluster` of all records: connected ones have one number, from 1 in the order of the clusters' first rows."""
    edges = pairs.select("l", "r").unionByName(pairs.select(F.col("r").alias("l"), F.col("l").alias("r"))).persist()
    labels = edges.groupBy("l").agg(F.least(F.first("l"), F.min("r")).alias("label")).persist()
    while True:
        near = edges.join(labels.select(F.col("l").alias("r"), "label"), "r").groupBy("l").agg(F.min("label").alias("near"))
        # What the least neighbour has heard of counts at once: long chains take few steps.
        heard = labels.select(F.col("l").alias("label"), F.col("label").alias("far"))
        fresh = labels.join(near, "l").join(heard, "label", "left")
        fresh = fresh.select("l", F.least("label", "near", "far").alias("fresh"), "label").persist()
        changed = fresh.where("fresh <> label").limit(1).count()
        labels = fresh.select("l", F.col("fresh").alias("label")).persist()
        if not changed:
            break
    rooted = rows.join(labels, rows["row"] == labels["l"], "left").select("row", F.coalesce("label", "row").alias("root"))
    return rooted.join(numbered(rooted.where("row = root").select("root")), "root").select("row", "cluster")


def numbered(roots):
    """Numbers from 1 in the order of the roots, without bringing them to one place."""
    within = F.expr("monotonically_increasing_id() & ((1L << 33) - 1)")
    ordered = roots.orderBy("root").select("root", F.spark_partition_id().alias("part"), within.alias("place")).persist()
    sizes = {each["part"]: each["count"] for each in ordered.groupBy("part").count().collect()}
    starts, start = [], 0
    for part in sorted(sizes):
        starts.append((part, start))
        start += sizes[part]
    if not starts:
        return ordered.select("root", F.lit(0).cast("long").alias("cluster"))
    table = F.create_map(*[F.lit(each).cast("long") for pair in starts for each in pair])
    return ordered.select("root", (table[F.col("part").cast("long")] + F.col("place") + 1).alias("cluster"))
