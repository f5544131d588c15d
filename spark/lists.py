"""Lists as records in lines, with what must be known of all of them."""
import os

from pyspark.sql import functions as F

from engine import Refusal, escaped, fields, line


def read(spark, path, separator, multiline):
    """A frame of texts: Parquet by the ending of its name, or CSV in UTF-8 with headings in its first row."""
    if path.rstrip("/").endswith(".parquet"):
        return spark.read.parquet(path)
    return spark.read.csv(path, header=True, sep=separator, quote='"', escape='"', multiLine=multiline, enforceSchema=False)


def records(engine, frames, paths):
    """Lines `list, row, id, values…`; rows rise in the order of each list."""
    plan, identifier = engine.plan, engine.plan["settings"]["id"]
    lists = []
    for place, (frame, path) in enumerate(zip(frames, paths)):
        side = "right" if place else "left"
        names = [identifier] + [column[side] for column in plan["columns"]]
        for name in names:
            if name not in frame.columns:
                raise Refusal(f"{path} has no column “{name}”; it has {', '.join(frame.columns)}")
        values = [F.trim(F.coalesce(F.col(f"`{name}`").cast("string"), F.lit(""))) for name in names]
        row = F.monotonically_increasing_id()
        lists.append(frame.select(line(F.lit(place), row, *map(escaped, values)).alias("value")))
    return lists[0] if len(lists) == 1 else lists[0].unionByName(lists[1])


def facts(engine, frames):
    """How columns are read depends on their distinct values."""
    wanted = [
        (place, column["right" if side else "left"], frame)
        for side, frame in enumerate(frames) for place, column in enumerate(engine.plan["columns"]) if column["wantsFacts"]
    ]
    answers = []
    if wanted:
        values = None
        for frame in frames:
            own = [
                F.struct(F.lit(place).alias("place"), F.trim(F.col(f"`{name}`").cast("string")).alias("text"))
                for place, name, owner in wanted if owner is frame
            ]
            part = frame.select(F.explode(F.array(*own)).alias("value")).select("value.*").where("text <> ''")
            values = part if values is None else values.unionByName(part)
        lines = values.distinct().select(line("place", escaped(F.col("text"))).alias("value"))
        found = fields(engine.pipe(engine.lines(lines, set_down=True), "facts"), [("place", "string"), ("name", "string"), ("count", "long")])
        answers = found.groupBy("place", "name").agg(F.sum("count").alias("count")).collect()
    engine.advance("columns", lines="".join(f"{each['place']}\t{each['name']}\t{each['count']}\n" for each in answers))


def keyed(engine, lines):
    """Records with their keys (`k0` …) and the parts whose values are counted (`p0` …)."""
    rules, parts = len(engine.plan["settings"]["blocking"]), len(engine.plan["counted"])
    names = [("list", "int"), ("order", "long")]
    names += [(f"k{place}", "long") for place in range(rules)] + [(f"p{place}", "long") for place in range(parts)]
    return fields(engine.pipe(engine.lines(lines), "keys"), names, rest="record").persist()


def check_ids(frame, paths):
    """Ids are unique in their list and never empty, as on one machine."""
    identifier = F.split("record", "\t", 4)[2]
    wrong = frame.groupBy("list", identifier.alias("id")).count().where("count > 1 OR id = ''").first()
    if wrong and wrong["id"] == "":
        raise Refusal(f"{paths[wrong['list']]}: a record has no id")
    if wrong:
        raise Refusal(f"{paths[wrong['list']]}: the id “{wrong['id']}” stands in {wrong['count']} records")


def counts(engine, frame):
    """Counts the values of the parts that the plan names; the frame gets those that go with the records (`c0` …)."""
    plan = engine.plan
    rows = {each["list"]: each["count"] for each in frame.groupBy("list").count().collect()}
    answers = [f"rows\t{rows.get(0, 0)}\t{rows.get(1, 0)}"]
    weighed = []
    if plan["counted"]:
        parts = [F.struct(F.lit(place).alias("part"), F.col(f"p{place}").alias("key")) for place in range(len(plan["counted"]))]
        values = frame.select("list", F.explode(F.array(*parts)).alias("each")).select("list", "each.*").where("key <> 0")
        table = values.groupBy("part", "key").agg(
            F.expr("sum(CASE WHEN list = 0 THEN 1 ELSE 0 END)").alias("l"), F.expr("sum(CASE WHEN list = 1 THEN 1 ELSE 0 END)").alias("r")
        ).persist()
        sums = table.groupBy("part").agg(
            F.expr("sum(l)").alias("l"), F.expr("sum(r)").alias("r"), F.expr("sum((l + r) * (l + r))").alias("squares"),
            F.expr("min(l + r)").alias("least"), F.expr("sum(l * (l - 1) div 2 + r * (r - 1) div 2)").alias("equal"),
        )
        for each in sums.collect():
            l, r = each["l"], each["r"]
            pairs = l * (l - 1) // 2 + r * (r - 1) // 2
            answers.append(f"{each['part']}\t{l + r}\t{each['squares']}\t{each['least']}\t{each['equal']}\t{pairs}")
        weighed = [place for place, part in enumerate(plan["counted"]) if part["weighs"]]
        for place in weighed:
            # A value seen once or twice weighs the same.
            common = table.where((F.col("part") == place) & (F.col("l") + F.col("r") > 2))
            common = common.select(F.col("key").alias(f"p{place}"), (F.col("l") + F.col("r")).alias(f"c{place}"))
            frame = frame.join(common, f"p{place}", "left")
        frame = frame.withColumns({f"c{place}": F.coalesce(f"c{place}", F.lit(2)) for place in weighed})
    engine.advance("count", lines="\n".join(answers) + "\n")
    return frame, [f"c{place}" for place in weighed]


def sample(engine, frame, size):
    """The records that come first by the hash of their ids, as lines."""
    lists = [0] if engine.plan["isSelf"] else [0, 1]
    return [
        each["record"] for place in lists
        for each in frame.where(F.col("list") == place).orderBy("order").limit(size).select("record").collect()
    ]


def is_there(path):
    """Whether a local path is there; others are left to Spark."""
    return "://" in path or os.path.exists(path)
