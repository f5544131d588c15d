"""Links two lists, or finds the doubles of one, on Spark: Spark distributes, the program `baophu` computes (docs/linkage-cluster.md).

spark-submit spark/link.py people.yaml --left A --right B --output pairs
spark-submit spark/link.py people.yaml --input A --output clusters [--pairs pairs]

Outputs are folders as Spark writes them, whole or not at all; their parts one after another are the file that `baophu linkage link`
or `dedupe` writes.
"""
import argparse
import json
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from pyspark.sql import SparkSession, functions as F  # noqa: E402

import blocks  # noqa: E402
import lists  # noqa: E402
import partners  # noqa: E402
from engine import Engine, Refusal, fields, line  # noqa: E402

# Of each list, what chances among strangers are drawn from; as on one machine.
SAMPLE = 8_192


def arguments(words=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("settings", help="settings (YAML) or a trained model (JSON), on this machine")
    parser.add_argument("--left", help="the first list: CSV in UTF-8 or Parquet, where Spark finds it")
    parser.add_argument("--right", help="the second list")
    parser.add_argument("--input", help="one list, to find its doubles")
    parser.add_argument("--output", required=True, help="folder of the pairs; with --input, of the clusters")
    parser.add_argument("--pairs", help="with --input: folder of the pairs")
    parser.add_argument("--model", help="also save the model here, on this machine")
    parser.add_argument("--threshold", help="the least match weight; the settings' own, or 0")
    parser.add_argument("--binary", default="baophu", help="the program, where every executor finds it")
    parser.add_argument("--separator", default=",", help="of CSV")
    parser.add_argument("--multiline", action="store_true", help="values of CSV hold line ends; such a file is read by one core")
    parser.add_argument("--partitions", type=int, help="pieces that blocks are shared out in; four for each core when left out")
    parser.add_argument("--cell", type=int, default=2_000_000, help="pairs of a block beyond which it is cut")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    given = parser.parse_args(words)
    if bool(given.input) == bool(given.left and given.right):
        parser.error("give --left and --right, or --input")
    if given.pairs and not given.input:
        parser.error("--pairs goes with --input")
    return given


class Run:
    def __init__(self, spark, given):
        self.given = given
        cores = spark.sparkContext.defaultParallelism
        self.engine = Engine(spark, given.binary, given.partitions or cores * 4)
        self.paths = [given.input] if given.input else [given.left, given.right]
        self.stages, self.mark = [], time.monotonic()

    def done(self, name):
        now = time.monotonic()
        self.stages.append({"name": name, "seconds": round(now - self.mark, 3)})
        self.mark = now

    def link(self):
        given, engine = self.given, self.engine
        start = ["start", "--settings", given.settings] + (["--one-list"] if given.input else [])
        engine.advance(*start, *(["--threshold", given.threshold] if given.threshold else []))
        frames = [lists.read(engine.spark, path, given.separator, given.multiline) for path in self.paths]
        lines = lists.records(engine, frames, self.paths)
        lists.facts(engine, frames)
        frame = lists.keyed(engine, lines)
        lists.check_ids(frame, self.paths)
        records = frame
        frame, counted = lists.counts(engine, frame)
        self.done("read")
        cells, pairs = blocks.cells(engine, frame, counted, given.cell)
        blocked = engine.lines(cells)
        self.done("block")
        compared = None
        is_trained = engine.plan.get("model") is not None
        if not is_trained:
            compared = self.train(blocked, records)
        weighed = fields(engine.pipe(blocked, "weigh"), partners.PAIR).persist()
        self.done("weigh")
        chosen = self.choose(weighed, is_trained)
        found = chosen.count()
        self.done("predict")
        self.write(chosen, records)
        self.done("write")
        return {"leftRows": engine.plan["leftRows"], "rightRows": engine.plan["rightRows"], "blockPairs": pairs, "compared": compared,
                "pairs": found, "stages": self.stages}

    def train(self, blocked, records):
        engine = self.engine
        patterns = fields(engine.pipe(blocked, "compare"), [("pattern", "long"), ("count", "long")])
        patterns = patterns.groupBy("pattern").agg(F.sum("count").alias("count")).collect()
        self.done("compare")
        sample = lists.sample(engine, records, SAMPLE)
        histogram = [f"{each['pattern']}\t{each['count']}" for each in patterns]
        engine.advance("train", lines="\n".join(sample) + "\n\n" + "\n".join(histogram) + "\n")
        self.done("train")
        return sum(each["count"] for each in patterns)

    def choose(self, weighed, is_trained):
        """The pairs that are written, with their chances."""
        engine, settings = self.engine, self.engine.plan["settings"]
        threshold = settings.get("threshold") or 0
        if settings.get("one_to_one"):
            if not is_trained:
                partners.shift(engine, weighed)
            pairs = partners.chances(engine, weighed)
            pairs = partners.one_to_one(pairs.where(F.col("weight").cast("double") >= threshold))
        else:
            pairs = weighed.withColumn("chance", F.lit(None).cast("double"))
        return (partners.best_links(pairs) if settings.get("best_link") else pairs).persist()

    def write(self, chosen, records):
        given, engine = self.given, self.engine
        pairs = chosen.select("l", "r", line("left", "right", "weight", "chance", "pattern").alias("value"))
        if given.input:
            rows = records.select(F.split("record", "\t", 4).alias("parts")).select(
                F.col("parts")[1].cast("long").alias("row"), F.col("parts")[2].alias("id"))
            numbers = partners.clusters(engine, chosen, rows)
            lines = rows.join(numbers, "row").select(
                F.col("row").alias("l"), F.lit(0).cast("long").alias("r"), line("id", "cluster").alias("value"))
            self.save(lines, "clusters", given.output)
        if not given.input or given.pairs:
            self.save(pairs, "pairs", given.pairs or given.output)
        if given.model:
            partial = f"{given.model}.partial-{os.getpid()}"
            with open(partial, "w", encoding="utf-8") as file:
                file.write(engine.ask("model", keeps_runs=True))
            os.replace(partial, given.model)

    def save(self, lines, kind, path):
        """Lines in the order of both rows, behind their heading."""
        engine = self.engine
        heading = engine.spark.range(1).select(F.lit(-1).cast("long").alias("l"), F.lit(-1).cast("long").alias("r"), F.lit(kind).alias("value"))
        ordered = lines.unionByName(heading).orderBy("l", "r")
        engine.pipe(engine.lines(ordered, set_down=True), "write").write.text(path)


def main():
    given = arguments()
    spark = SparkSession.builder.appName("baophu linkage").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        answer = Run(spark, given).link()
    except Refusal as refusal:
        sys.exit(f"spark/link.py: {refusal}")
    if given.json:
        print(json.dumps(answer))
    else:
        stages = ", ".join(f"{stage['name']} {stage['seconds']} s" for stage in answer["stages"])
        print(f"{answer['leftRows']} × {answer['rightRows']} records, {answer['blockPairs']} pairs in blocks, {answer['pairs']} pairs; {stages}")


if __name__ == "__main__":
    main()
