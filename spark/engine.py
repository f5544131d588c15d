"""Spark and the program `baophu` as one engine: frames of lines piped through workers, and the steps between them on this machine.

Nothing but Spark's own JVM runs on the executors, besides the program: they need no Python.
"""
import json
import os
import subprocess

from pyspark.sql import functions as F

# The plan goes to the workers in pieces of the environment; an entry may have 128 KB.
PLAN, PIECE = "BAOPHU_LINKAGE_PLAN_", 100_000


class Refusal(Exception):
    """What is wrong with the settings or the lists, for the person who gave them."""


class Engine:
    def __init__(self, spark, binary, partitions):
        self.spark, self.binary, self.partitions = spark, binary, partitions
        self.plan = None

    def environment(self):
        if self.plan is None:
            return {}
        plan = dict(self.plan)
        if plan.get("model"):
            # How the model was learned is of no use to workers.
            plan["model"] = dict(plan["model"], runs=[])
        text = json.dumps(plan, separators=(",", ":"))
        return {f"{PLAN}{place // PIECE}": text[place : place + PIECE] for place in range(0, len(text), PIECE)}

    # Once, on this machine

    def ask(self, *arguments, lines="", keeps_runs=False):
        """Runs a step of the program and answers its output."""
        environment = self.environment()
        if keeps_runs:
            text = json.dumps(self.plan, separators=(",", ":"))
            environment = {f"{PLAN}{place // PIECE}": text[place : place + PIECE] for place in range(0, len(text), PIECE)}
        done = subprocess.run(
            [self.binary, "linkage", "plan", *arguments], input=lines.encode(), env={**os.environ, **environment}, capture_output=True
        )
        if done.returncode:
            raise Refusal(done.stderr.decode(errors="replace").strip() or f"{self.binary} ended with {done.returncode}")
        return done.stdout.decode()

    def advance(self, *arguments, lines=""):
        """Takes the next step of the plan."""
        runs = ((self.plan or {}).get("model") or {}).get("runs", [])
        self.plan = json.loads(self.ask(*arguments, lines=lines))
        model = self.plan.get("model")
        if model and not model["runs"]:
            model["runs"] = runs

    # On the workers

    def lines(self, frame, set_down=False):
        """The RDD of a frame's `value`. Kept and piped twice, its shuffle is computed once.

        Lines that come out of a sort or a sum must be set down on disk first: a worker that dies ends its task, Spark frees the memory of
        the sort, and the thread that feeds the worker would read on there until the whole JVM falls (PipedRDD reads in a thread of its own).
        """
        jvm = self.spark._jvm
        lines = getattr(frame.select("value")._jdf, "as")(jvm.org.apache.spark.sql.Encoders.STRING()).javaRDD()
        return lines.persist(jvm.org.apache.spark.storage.StorageLevel.DISK_ONLY()) if set_down else lines

    def pipe(self, lines, stage):
        """Lines through workers, as a frame of one column `value`. A worker that fails fails its task, which Spark runs again."""
        jvm = self.spark._jvm
        command, environment = jvm.java.util.ArrayList(), jvm.java.util.HashMap()
        for word in (self.binary, "linkage", "worker", stage):
            command.add(word)
        for name, value in self.environment().items():
            environment.put(name, value)
        answers = lines.pipe(command, environment, False, 1 << 16, "UTF-8")
        strings = jvm.org.apache.spark.sql.Encoders.STRING()
        frame = self.spark.range(0)
        return type(frame)(self.spark._jsparkSession.createDataset(answers.rdd(), strings).toDF(), self.spark)


def fields(frame, names, rest=None):
    """A frame of lines as columns; the rest of the line, when it has a name, stays as it is."""
    parts = F.split("value", "\t", len(names) + 1 if rest else -1)
    columns = [parts[place].cast(kind).alias(name) for place, (name, kind) in enumerate(names)]
    return frame.select(*columns, *([parts[len(names)].alias(rest)] if rest else []))


def line(*columns):
    """Columns as one line."""
    texts = [(F.col(each) if isinstance(each, str) else each).cast("string") for each in columns]
    return F.concat_ws("\t", *[F.coalesce(text, F.lit("")) for text in texts])


def escaped(column):
    """A value as a field of a line."""
    for sign, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        column = F.replace(column, F.lit(sign), F.lit(written))
    return column
