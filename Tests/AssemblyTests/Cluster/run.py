"""Links and dedupes the same lists on Spark as often as pieces are asked for, in one Spark; prints what went otherwise than on one machine.

run.py FOLDER BINARY PIECES… — the folder holds people.yaml, left.csv, right.csv, both in all.csv, and what one machine wrote: pairs.csv,
model.json, doubles.csv, clusters.csv.
"""
import glob
import os
import sys

REPOSITORY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
sys.path.insert(0, os.path.join(REPOSITORY, "spark"))

import link  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402


def run(spark, *words):
    link.Run(spark, link.arguments(words)).link()


def whole(folder):
    parts = sorted(glob.glob(f"{folder}/part-*"))
    return b"".join(open(part, "rb").read() for part in parts)


def compare(name, folder, file):
    with open(file, "rb") as wanted:
        print(f"{name}: {'same' if whole(folder) == wanted.read() else 'OTHER'}", flush=True)


def main():
    folder, binary, *pieces = sys.argv[1:]
    os.chdir(folder)
    spark = (
        SparkSession.builder.master("local[2,4]").config("spark.ui.enabled", "false").config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1").config("spark.sql.shuffle.partitions", "2").getOrCreate()
    )
    spark.sparkContext.setLogLevel("OFF")
    for count in pieces:
        # Small pieces of files too, and blocks cut at a few pairs.
        spark.conf.set("spark.sql.files.maxPartitionBytes", str(8_000_000 // int(count) ** 2))
        run(spark, "people.yaml", "--left", "left.csv", "--right", "right.csv", "--output", f"pairs-{count}", "--model", f"model-{count}.json",
            "--binary", binary, "--partitions", count, "--cell", "1000" if count == "4" else "2000000")
        compare(f"pairs {count}", f"pairs-{count}", "pairs.csv")
        with open(f"model-{count}.json", "rb") as ours, open("model.json", "rb") as wanted:
            print(f"model {count}: {'same' if ours.read() == wanted.read() else 'OTHER'}", flush=True)
    run(spark, "people.yaml", "--input", "all.csv", "--output", "clusters", "--pairs", "doubles", "--binary", binary, "--cell", "100")
    compare("clusters", "clusters", "clusters.csv")
    compare("doubles", "doubles", "doubles.csv")


main()
