"""Runs the linkage commands and Splink on the same files and prints what each took and how right it was; ratios are of this run.

compare.py [SIZE …] [febrl] [firms] [residents] [city] [all] [--city-peer]; without arguments all. People of the sizes given are linked with a
quarter as many; “city” is 4,660,000 of them, where Splink (minutes, 10 GB) runs only with --city-peer. Data sets are kept in
$BAOPHU_BENCH_DATA when that is set. This process holds next to nothing, since a child's peak memory is counted from its parent's:
data are made and judged in others.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BAOPHU = os.path.join(HERE, "..", "..", ".build", "release", "baophu")
CITY = 4_660_000
# Of the city: more memory is a failure; the mark is what to reach.
MOST_MB, MARK_MB, MARK_SECONDS = 8 * 1_024, 4_000, 16
# Of what Splink takes in the same run.
MARK_TIME, MARK_CITY_TIME, MARK_MEMORY = 0.10, 0.15, 0.40


class Failure(Exception):
    """A command that failed, with the last of what it complained of."""


class Run:
    """A finished command: seconds of wall time, MB of memory at most, what it printed."""

    def __init__(self, command):
        begin = time.monotonic()
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, cwd=HERE)
            self.output = process.stdout.read()
            process.stdout.close()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            self.seconds, self.megabytes = time.monotonic() - begin, usage.ru_maxrss / 1_024
            if status:
                errors.seek(max(0, errors.seek(0, 2) - 2_000))
                raise Failure(errors.read().decode(errors="replace").strip() or f"ended with {process.returncode}")


class Task:
    """Two lists to link, or one to find the doubles of."""

    def __init__(self, name, kind, settings, files, truth, folder):
        self.name, self.kind, self.settings, self.files, self.truth, self.folder = name, kind, settings, files, truth, folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def ours(self, settings, output, threshold=-10):
        """Runs the program with settings."""
        if len(self.files) == 1:
            clusters = self.path("clusters.csv")
            command = ["dedupe", settings, "--input", self.files[0], "--output", clusters, "--pairs", output]
        else:
            command = ["link", settings, "--left", self.files[0], "--right", self.files[1], "--output", output]
        return Run([BAOPHU, "linkage", *command, "--json", "--threshold", str(threshold)])

    def judged(self, *pairs):
        unordered = ["--unordered"] if len(self.files) == 1 else []
        return json.loads(Run([sys.executable, "judge.py", self.truth, *unordered, *pairs]).output)

    def many_to_many(self):
        """The settings, with every pair kept."""
        path = self.path("many.yaml")
        with open(os.path.join(HERE, self.settings), encoding="utf-8") as given, open(path, "w", encoding="utf-8") as changed:
            changed.write(given.read().replace("one_to_one: true", "one_to_one: false"))
        return path

    def compare(self, with_peer=True, with_suggest=False):
        """Prints a block of lines; answers the seconds of both, None for one that did not run."""
        single = len(self.files) == 1
        # The timed run is by the settings as they are; the second is only for the pairs before the one-to-one choice.
        run = self.ours(self.settings, self.path("ours.csv"))
        answer = json.loads(run.output)
        files = [self.path("ours.csv")]
        if not single:
            self.ours(self.many_to_many(), self.path("ours-many.csv"))
            files.append(self.path("ours-many.csv"))
        peer = Run([sys.executable, "peer.py", self.kind, self.path("theirs.csv"), *self.files]) if with_peer else None
        if peer:
            files.append(self.path("theirs.csv"))
        scores = self.judged(*files)
        chosen, many = scores[0], scores[0 if single else 1]
        rows = " × ".join(str(answer[key]) for key in (["leftRows"] if single else ["leftRows", "rightRows"]))
        print(f"{self.name}: {rows} records, {answer['compared']} pairs compared")
        if not single:
            # The program's own choice of partners in place of the judge's.
            many = dict(many, one_best=chosen["best"], one_at_zero=chosen["at_zero"])
        self.say("baophu", run, many)
        if peer:
            self.say("Splink", peer, scores[-1])
            time_share, memory_share = run.seconds / peer.seconds, run.megabytes / peer.megabytes
            mark = MARK_CITY_TIME if self.name.startswith(str(CITY)) else MARK_TIME
            reached = "reached" if time_share <= mark and memory_share <= MARK_MEMORY else "not reached"
            print(
                f"  ratio   time {time_share:.3f}, memory {memory_share:.3f} of Splink's; "
                f"marks {mark:.2f} and {MARK_MEMORY:.2f} {reached}"
            )
        print("  stages  " + ", ".join(f"{stage['name']} {stage['seconds']:.2f} s on {stage['cores']:.1f} cores" for stage in answer["stages"]), flush=True)
        if with_suggest:
            self.suggest(scores[-1] if peer else None)
        return run, peer

    def say(self, who, run, score):
        line = f"  {who}  {run.seconds:.2f} s, {run.megabytes:.0f} MB; "
        line += f"F1 of pairs {score['best']:.4f} at best, {score['at_zero']:.4f} at 0; "
        if len(self.files) > 1:
            line += f"one to one {score['one_best']:.4f}, {score['one_at_zero']:.4f}; "
        print(line + f"Brier {score['brier']:.4f} over its pairs, {score['lost']:.4f} a true pair", flush=True)

    def suggest(self, peer):
        """How far the program's own suggestion goes, untouched."""
        identifier = {"febrl": "rec_id", "residents": "ma"}.get(self.kind, "id")
        settings, output = self.path("suggested.yaml"), self.path("suggested.csv")
        try:
            suggested = Run([BAOPHU, "linkage", "suggest", *self.files, "--id", identifier, "--output", settings, "--json"])
            account = json.loads(suggested.output)
            run = self.ours(settings, output)
            score = self.judged(output)[0]
        except Failure as error:
            reasons = [line for line in str(error).splitlines() if line.strip()]
            print(f"  suggest failed: {reasons[0][:200]}", flush=True)
            return
        line = f"  suggest alone: {run.seconds:.2f} s; F1 {score['best']:.4f} at best, {score['at_zero']:.4f} at 0"
        if len(self.files) > 1:
            line += f", one to one {score['one_best']:.4f}"
        if peer:
            line += f" (Splink's {peer['best']:.4f}" + (f", {peer['one_best']:.4f})" if len(self.files) > 1 else ")")
        print(line)
        stated = "; ".join(f"{chance:.2f} / {true:.2f} ({count})" for chance, true, count in score["stated"])
        print(f"  chances stated / true (pairs): {stated}")
        said, true = account["expected"], score["precision_recall"]
        print(f"  own account / truth: precision {said['precision']:.4f} / {true[0]:.4f}, recall {said['recall']:.4f} / {true[1]:.4f}; asks:")
        for question in account["questions"]:
            print(f"    {question['text']} ({question['difference']:.3f})")
        sys.stdout.flush()


def data(store, what):
    """The folder of a data set."""
    Run([sys.executable, "data.py", "keep", store, str(what)])
    return os.path.join(store, str(what))


def febrl(store, folder):
    made = data(store, "febrl")
    four = [f"{made}/febrl4-left.csv", f"{made}/febrl4-right.csv"]
    Task("FEBRL 4", "febrl", "febrl4.yaml", four, f"{made}/febrl4-truth.csv", folder).compare(with_suggest=True)
    Task("FEBRL 3", "febrl", "febrl3.yaml", [f"{made}/febrl3.csv"], f"{made}/febrl3-truth.csv", folder).compare(with_suggest=True)


def lists(store, folder, what, kind, with_peer=True):
    """People of a size, or firms."""
    made = data(store, what)
    name = "firms" if what == "firms" else f"{what} people"
    task = Task(name, kind, f"{kind}.yaml", [f"{made}/left.csv", f"{made}/right.csv"], f"{made}/truth.csv", folder)
    run, peer = task.compare(with_peer, with_suggest=what == 20_000)
    if what == CITY:
        kept = "kept" if run.megabytes <= MOST_MB else "BROKEN"
        mark = "reached" if run.megabytes <= MARK_MB and run.seconds <= MARK_SECONDS else "not reached"
        print(f"  limit   {MOST_MB} MB {kept}; mark of {MARK_SECONDS} s and {MARK_MB} MB {mark}", flush=True)
    return run, peer


def residents(store, folder):
    """People by other hands: what `suggest` reaches alone beside an expert's settings for Splink."""
    made = data(store, "residents")
    task = Task("residents", "residents", None, [f"{made}/left.csv", f"{made}/right.csv"], f"{made}/truth.csv", folder)
    peer = Run([sys.executable, "peer.py", task.kind, task.path("theirs.csv"), *task.files])
    score = task.judged(task.path("theirs.csv"))[0]
    print(f"{task.name}: 100,000 and their tax office, by suggest alone")
    task.say("Splink", peer, score)
    task.suggest(score)


def find(store, folder, size):
    """One new record at a time against a list held ready."""
    made = data(store, size)
    model, output = os.path.join(folder, "model.json"), os.path.join(folder, "found.csv")
    left, right = f"{made}/left.csv", f"{made}/right.csv"
    Run([BAOPHU, "linkage", "train", "people.yaml", "--left", left, "--right", right, "--model", model])
    command = ["find", model, "--register", left, "--input", right, "--output", output, "--most", "2000", "--json"]
    answer = json.loads(Run([BAOPHU, "linkage", *command]).output)
    print(
        f"one record against {size}: median {answer['medianMilliseconds']:.3f} ms, 99 of 100 within "
        f"{answer['slowestHundredthMilliseconds']:.3f} ms, once {answer['secondsToMakeReady']:.1f} s to make ready; mark 5 ms",
        flush=True,
    )


def growth(runs):
    """How time grows from one size to the next; 1 is in proportion to the rows."""
    sizes = sorted(runs)
    for small, large in zip(sizes, sizes[1:]):
        rows = large / small
        line = f"growth from {small} to {large} people ({rows:.1f} times the rows):"
        for who, place in (("baophu", 0), ("Splink", 1)):
            if runs[small][place] and runs[large][place]:
                times = runs[large][place].seconds / runs[small][place].seconds
                line += f" {who} {times:.1f} times the time ({times / rows:.2f} for each row);"
        print(line.rstrip(";"))


def main(arguments):
    with_city_peer = "--city-peer" in arguments
    wanted = [argument for argument in arguments if argument != "--city-peer"]
    for word in wanted:
        if not word.isdigit() and word not in ("febrl", "firms", "residents", "city", "all"):
            sys.exit(f"“{word}” is unknown; give sizes, febrl, firms, residents, city, all, --city-peer")
    if not wanted or "all" in wanted:
        wanted = ["febrl", "20000", "200000", "1000000", "firms", "residents", "city"]
    if not os.path.exists(BAOPHU):
        sys.exit("Build first: swift build -c release --product baophu")
    runs = {}
    with tempfile.TemporaryDirectory() as folder:
        store = os.environ.get("BAOPHU_BENCH_DATA") or os.path.join(folder, "data")
        for word in wanted:
            if word == "febrl":
                febrl(store, folder)
            elif word == "residents":
                residents(store, folder)
            elif word == "firms":
                lists(store, folder, "firms", "firms")
            else:
                size = CITY if word == "city" else int(word)
                runs[size] = lists(store, folder, size, "people", with_peer=size != CITY or with_city_peer)
                if size == 1_000_000:
                    find(store, folder, size)
    growth(runs)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Failure as failure:
        sys.exit(str(failure))
