"""Blocks as cells of a size that one worker compares in seconds."""
from pyspark.sql import functions as F

from engine import Refusal, line


def cells(engine, frame, counted, most_in_cell):
    """Lines `rule, key, a, b, role, keys…, counts…, record…`, those of a cell in one partition; and the pairs of all blocks.

    A block of many pairs is cut: each of its sides into parts, every two of which are a cell.
    """
    settings, is_self = engine.plan["settings"], engine.plan["isSelf"]
    rules = range(len(settings["blocking"]))
    keys = F.array(*[F.struct(F.lit(rule).alias("rule"), F.col(f"k{rule}").alias("key")) for rule in rules])
    each = frame.select("list", F.explode(keys).alias("each")).select("list", "each.*").where("key <> 0")
    sizes = each.groupBy("rule", "key").agg(
        F.expr("sum(CASE WHEN list = 0 THEN 1 ELSE 0 END)").alias("l"), F.expr("sum(CASE WHEN list = 1 THEN 1 ELSE 0 END)").alias("r")
    ).select("rule", "key", F.expr("l * (l - 1) div 2" if is_self else "l * r").alias("pairs")).persist()
    largest = settings.get("largest_block")
    hot = sizes.where(F.col("pairs") > largest).select("rule", "key") if largest else None
    if hot is not None:
        # A large block is none: its records are not brought together by the rule.
        for rule in rules:
            own = hot.where(F.col("rule") == rule).select(F.col("key").alias(f"k{rule}"), F.lit(True).alias("hot"))
            frame = frame.join(F.broadcast(own), f"k{rule}", "left")
            frame = frame.withColumn(f"k{rule}", F.when(F.col("hot"), F.lit(0)).otherwise(F.col(f"k{rule}"))).drop("hot")
        sizes = sizes.where(F.col("pairs") <= largest)
    pairs = sizes.agg(F.sum("pairs")).first()[0] or 0
    most = settings.get("most_pairs")
    if most and pairs > most:
        raise Refusal(f"the blocking rules bring {pairs} pairs together, more than most_pairs ({most})")
    large = sizes.where(F.col("pairs") > most_in_cell)
    large = large.select("rule", "key", F.ceil(F.sqrt(F.col("pairs") / most_in_cell)).cast("int").alias("parts"))
    payload = line(*[f"k{rule}" for rule in rules], *counted, "record")
    lines = frame.select("list", "order", payload.alias("payload"), F.explode(keys).alias("each"))
    lines = lines.select("list", "order", "payload", "each.*").where("key <> 0").join(F.broadcast(large), ["rule", "key"], "left")
    lines = lines.withColumn("parts", F.coalesce("parts", F.lit(1))).withColumn("own", F.expr("pmod(order, parts)"))
    lines = lines.withColumn("other", F.explode(F.expr("sequence(0, parts - 1)")))
    if is_self:
        role = F.expr("CASE WHEN own = other THEN 'B' WHEN own < other THEN 'L' ELSE 'R' END")
        a, b = F.least("own", "other"), F.greatest("own", "other")
    else:
        is_left = F.col("list") == 0
        role = F.when(is_left, "L").otherwise("R")
        a, b = F.when(is_left, F.col("own")).otherwise(F.col("other")), F.when(is_left, F.col("other")).otherwise(F.col("own"))
    lines = lines.select("rule", "key", a.alias("a"), b.alias("b"), role.alias("role"), "payload")
    lines = lines.repartition(engine.partitions, "rule", "key", "a", "b")
    return lines.select(line("rule", "key", "a", "b", "role", "payload").alias("value")), pairs
