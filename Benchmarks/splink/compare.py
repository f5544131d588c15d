"""Runs the linkage commands and Splink on the same files and prints what each took and how right it was; ratios are of this run."""
import os
import resource
import subprocess
import sys
import tempfile
import time

import csv

HERE = os.path.dirname(os.path.abspath(__file__))
BAOPHU = os.path.join(HERE, "..", "..", ".build", "release", "baophu")


def run(command):
    """Seconds of wall time, and MB of memory at most, of a command."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=HERE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)}: {errors.decode()[-2000:]}")
    return time.monotonic() - begin, usage.ru_maxrss / 1024


def read(path, unordered):
    pairs = []
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            left, right = row["left_id"], row["right_id"]
            if unordered and right < left:
                left, right = right, left
            pairs.append((float(row.get("match_weight", 0)), left, right))
    return pairs


def one_to_one(pairs):
    lefts, rights, kept = set(), set(), []
    for pair in sorted(pairs, reverse=True):
        if pair[1] not in lefts and pair[2] not in rights:
            lefts.add(pair[1])
            rights.add(pair[2])
            kept.append(pair)
    return kept


def best_f1(pairs, truth):
    right = best = 0
    for place, (_, left, other) in enumerate(sorted(pairs, reverse=True)):
        right += (left, other) in truth
        best = max(best, 2 * right / (place + 1 + len(truth)))
    return best


def compare(name, kind, settings, folder, files, truth):
    unordered = len(files) == 1
    ours, theirs = f"{folder}/ours.csv", f"{folder}/theirs.csv"
    if unordered:
        command = [BAOPHU, "linkage", "dedupe", settings, "--input", files[0], "--output", f"{folder}/clusters.csv", "--pairs", ours]
    else:
        command = [BAOPHU, "linkage", "link", settings, "--left", files[0], "--right", files[1], "--output", ours]
    seconds, memory = run(command + ["--threshold", "-10"])
    peer_seconds, peer_memory = run([sys.executable, "peer.py", kind, theirs, *files])
    true = {(left, right) for _, left, right in read(truth, unordered)}
    mine, other = read(ours, unordered), read(theirs, unordered)
    line = f"{name}: {seconds:.2f} s, {memory:.0f} MB; Splink {peer_seconds:.2f} s, {peer_memory:.0f} MB; "
    line += f"time {seconds / peer_seconds:.3f}, memory {memory / peer_memory:.2f} of Splink's; best F1 {best_f1(mine, true):.4f}, "
    line += f"Splink's pairs {best_f1(other, true):.4f}"
    if not unordered:
        line += f", one to one {best_f1(one_to_one(other), true):.4f}"
    print(line, flush=True)


with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, "data.py", "febrl", folder], cwd=HERE, check=True)
    compare("FEBRL 4", "febrl", "febrl4.yaml", folder, [f"{folder}/febrl4-left.csv", f"{folder}/febrl4-right.csv"], f"{folder}/febrl4-truth.csv")
    compare("FEBRL 3", "febrl", "febrl3.yaml", folder, [f"{folder}/febrl3.csv"], f"{folder}/febrl3-truth.csv")
    for size in [int(size) for size in sys.argv[1:]] or [20_000, 200_000, 1_000_000]:
        subprocess.run([sys.executable, "data.py", str(size), folder], cwd=HERE, check=True)
        compare(f"people, {size}", "people", "people.yaml", folder, [f"{folder}/left.csv", f"{folder}/right.csv"], f"{folder}/truth.csv")
