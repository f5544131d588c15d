"""Links two lists of people with Splink on Spark, as its documentation advises: spark_peer.py MASTER OUTPUT LEFT RIGHT.

The comparisons, blocking rules and training are those of `peer.py people`; only how values are put in order is written in Spark's SQL.
OUTPUT is a CSV of left_id,right_id,match_weight,match_probability.
"""
import glob
import logging
import os
import shutil
import sys
import tempfile
import unicodedata

from pyspark.sql import SparkSession
from splink import Linker, SettingsCreator, SparkAPI
from splink.backends.spark import similarity_jar_location

import peer

# Letters with marks, and what they are without.
LETTERS = "".join(chr(code) for code in (*range(0xE0, 0x200), *range(0x1EA0, 0x1F00)) if unicodedata.normalize("NFD", chr(code))[0] < "\x80")
PLAIN = "".join(unicodedata.normalize("NFD", letter)[0] for letter in LETTERS)


def folded(column):
    return f"nullif(translate(lower({column}), '{LETTERS}đ', '{PLAIN}d'), '')"


def people(source):
    name = folded("name")
    return f"""SELECT id AS unique_id, name, {name} AS folded, regexp_extract({name}, '[^ ]+$', 0) AS given,
        concat(regexp_extract({name}, '^[^ ]+', 0), ' ', regexp_extract({name}, '[^ ]+$', 0)) AS ends,
        CASE WHEN length(birth) = 10 THEN concat(substr(birth, 7), '-', substr(birth, 4, 2), '-', substr(birth, 1, 2)) END AS birth,
        right(birth, 4) AS year, nullif(cccd, '') AS cccd, nullif(sex, '') AS sex, commune, {folded("address")} AS address,
        nullif(phone, '') AS phone FROM {source}"""


def main():
    master, output, *files = sys.argv[1:]
    cores = int("".join(digit for digit in master if digit.isdigit()) or 1)
    store = tempfile.mkdtemp()
    spark = (
        SparkSession.builder.master(master).config("spark.jars", similarity_jar_location()).config("spark.driver.memory", "8g")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").config("spark.sql.shuffle.partitions", str(cores * 4))
        .config("spark.default.parallelism", str(cores * 4)).config("spark.local.dir", store).getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.setCheckpointDir(store)
    api = SparkAPI(spark_session=spark, num_partitions_on_repartition=cores * 4)
    frames = []
    for place, path in enumerate(files):
        spark.read.csv(path, header=True, escape='"').fillna("").createOrReplaceTempView(f"given_{place}")
        spark.sql(people(f"given_{place}")).persist().createOrReplaceTempView(f"list_{place}")
        frames.append(api.register(f"list_{place}"))
    _, comparisons, blocking, sure, recall, trained = peer.people("")
    linker = Linker(
        frames,
        SettingsCreator(link_type="link_only", comparisons=comparisons, blocking_rules_to_generate_predictions=blocking),
    )
    linker.training.estimate_probability_two_random_records_match(sure, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in trained:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_weight=-10).as_spark_dataframe()
    folder = output + ".parts"
    pairs.selectExpr("unique_id_l AS left_id", "unique_id_r AS right_id", "match_weight", "match_probability").write.csv(folder)
    with open(output, "w", encoding="utf-8") as file:
        file.write("left_id,right_id,match_weight,match_probability\n")
        for part in sorted(glob.glob(f"{folder}/part-*")):
            with open(part, encoding="utf-8") as lines:
                shutil.copyfileobj(lines, file)
    shutil.rmtree(folder)
    spark.stop()
    shutil.rmtree(store, ignore_errors=True)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    if not os.environ.get("JAVA_HOME") and not shutil.which("java"):
        sys.exit("Java is missing: scripts/install-packages bench")
    main()
