"""Runs spark/link.py and Splink on Spark on the same files with the same cores: spark.py [COUNT]; 1,000,000 people when left out.

Prints what each took and how right it was, whether the bytes are those of one machine, and how ours grows over 1, 2 and 4 pieces of blocks
and over one core and two. Times hold the start of Java.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile

import compare

LINK = os.path.join(compare.HERE, "..", "..", "spark", "link.py")


class Spark:
    def __init__(self, count, store, folder):
        made = compare.data(store, count)
        self.files, self.truth = [f"{made}/left.csv", f"{made}/right.csv"], f"{made}/truth.csv"
        self.folder, self.runs = folder, 0

    def path(self, name):
        return os.path.join(self.folder, name)

    def ours(self, cores, pieces):
        """What a run took, and its pairs as one file."""
        self.runs += 1
        parts, pairs = self.path(f"parts-{self.runs}"), self.path(f"ours-{self.runs}.csv")
        os.environ["PYSPARK_SUBMIT_ARGS"] = (
            f"--master local[{cores}] --driver-memory 4g --conf spark.ui.enabled=false --conf spark.driver.host=127.0.0.1 "
            f"--conf spark.driver.bindAddress=127.0.0.1 --conf spark.sql.shuffle.partitions={cores * 4} pyspark-shell"
        )
        run = compare.Run([
            sys.executable, LINK, os.path.join(compare.HERE, "people.yaml"), "--left", self.files[0], "--right", self.files[1], "--output", parts,
            "--threshold", "-10", "--binary", os.path.abspath(compare.BAOPHU), "--partitions", str(pieces), "--json",
        ])
        with open(pairs, "wb") as file:
            for part in sorted(glob.glob(f"{parts}/part-*")):
                with open(part, "rb") as lines:
                    file.write(lines.read())
        return run, pairs

    def theirs(self, cores):
        pairs = self.path("theirs.csv")
        return compare.Run([sys.executable, "spark_peer.py", f"local[{cores}]", pairs, *self.files]), pairs

    def judged(self, pairs):
        return json.loads(compare.Run([sys.executable, "judge.py", self.truth, pairs]).output)[0]

    def one_machine(self):
        pairs = self.path("one.csv")
        return compare.Run([
            compare.BAOPHU, "linkage", "link", "people.yaml", "--left", self.files[0], "--right", self.files[1], "--output", pairs,
            "--threshold", "-10", "--json",
        ]), pairs


def said(run):
    return ", ".join(f"{stage['name']} {stage['seconds']:.1f} s" for stage in json.loads(run.output.splitlines()[-1])["stages"])


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        spark = Spark(count, os.environ.get("BAOPHU_BENCH_DATA") or os.path.join(folder, "data"), folder)
        cores = os.cpu_count() or 1
        one, wanted = spark.one_machine()
        print(f"{count} people on one machine without Spark: {one.seconds:.1f} s", flush=True)
        times = {}
        for used, pieces in [(cores, cores * 4), (1, 1), (cores, 1), (cores, 2), (cores, 4)]:
            run, pairs = spark.ours(used, pieces)
            same = subprocess.run(["cmp", "-s", pairs, wanted], check=False).returncode == 0
            times[used, pieces] = run.seconds
            print(f"  ours on Spark, {used} cores, {pieces} pieces: {run.seconds:.1f} s ({said(run)}); "
                  f"bytes of one machine: {'the same' if same else 'OTHER'}", flush=True)
            if pieces == cores * 4:
                score = spark.judged(pairs)
        print(f"  two cores beside one: {times[1, 1] / times[cores, 2]:.2f} times as fast; 4 pieces beside 1: {times[cores, 1] / times[cores, 4]:.2f}")
        run, pairs = spark.theirs(cores)
        peer = spark.judged(pairs)
        print(f"  Splink on Spark, {cores} cores: {run.seconds:.1f} s; ours takes {times[cores, cores * 4] / run.seconds:.3f} of it")
        print(f"  F1 one to one at 0: ours {score['at_zero']:.4f}, Splink {peer['one_at_zero']:.4f} (at best {peer['one_best']:.4f})", flush=True)


if __name__ == "__main__":
    if not os.path.exists(compare.BAOPHU):
        sys.exit("Build first: swift build -c release --product baophu")
    try:
        main()
    except compare.Failure as failure:
        sys.exit(str(failure))
