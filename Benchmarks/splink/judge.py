"""Judges files of scored pairs against the truth: judge.py TRUTH [--unordered] PAIRS … prints a JSON list, an object for each file.

Keys: pairs; best (F1 at the best threshold), at_zero (F1 at weight 0), the same of a greedy one-to-one choice (one_best, one_at_zero);
brier (mean square of probability less truth, over the pairs of the file) and lost (the sum of these squares, with 1 for each true pair that
the file lacks, by the number of true pairs: the same measure for files of different pairs); precision_recall (at weight 0, of the pairs
as they are); stated (for each tenth of the stated chances: their mean, the share that is true, how many pairs).
"""
import csv
import json
import sys


def read(path, unordered):
    """(weight, left, right, probability) of each pair."""
    pairs = []
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        header = next(rows)
        left_at, right_at = header.index("left_id"), header.index("right_id")
        weight_at, chance_at = (header.index(name) if name in header else -1 for name in ("match_weight", "match_probability"))
        for row in rows:
            left, right = row[left_at], row[right_at]
            if unordered and right < left:
                left, right = right, left
            pairs.append((float(row[weight_at]) if weight_at >= 0 else 0.0, left, right, float(row[chance_at]) if chance_at >= 0 else 1.0))
    return pairs


def one_to_one(pairs):
    """The strongest pairs such that each record has one partner; the pairs are sorted."""
    lefts, rights, kept = set(), set(), []
    for pair in pairs:
        if pair[1] not in lefts and pair[2] not in rights:
            lefts.add(pair[1])
            rights.add(pair[2])
            kept.append(pair)
    return kept


def f1(pairs, truth):
    """F1 at the best threshold and at weight 0; the pairs are sorted, and equal weights stand or fall together."""
    right = best = at_zero = 0
    for place, (weight, left, other, _) in enumerate(pairs):
        right += (left, other) in truth
        if place + 1 == len(pairs) or pairs[place + 1][0] != weight:
            score = 2 * right / (place + 1 + len(truth))
            best = max(best, score)
            if weight >= 0:
                at_zero = score
    return best, at_zero


def shares(pairs, truth):
    """Precision and recall of the pairs of weight 0 and more."""
    taken = [(left, right) in truth for weight, left, right, _ in pairs if weight >= 0]
    return sum(taken) / max(len(taken), 1), sum(taken) / max(len(truth), 1)


def judge(path, truth, unordered):
    pairs = sorted(read(path, unordered), reverse=True)
    best, at_zero = f1(pairs, truth)
    one_best, one_at_zero = f1(one_to_one(pairs), truth)
    found = squares = 0
    tenths = [[0, 0, 0] for _ in range(10)]
    for _, left, right, chance in pairs:
        is_true = (left, right) in truth
        tenth = tenths[min(int(chance * 10), 9)]
        tenth[0] += chance
        tenth[1] += is_true
        tenth[2] += 1
        found += is_true
        squares += (chance - is_true) ** 2
    return {
        "pairs": len(pairs), "best": best, "at_zero": at_zero, "one_best": one_best, "one_at_zero": one_at_zero,
        "brier": squares / max(len(pairs), 1), "lost": (squares + len(truth) - found) / max(len(truth), 1),
        "precision_recall": shares(pairs, truth),
        "stated": [(stated / count, true / count, count) for stated, true, count in tenths if count],
    }


if __name__ == "__main__":
    names = [name for name in sys.argv[1:] if name != "--unordered"]
    is_unordered = "--unordered" in sys.argv
    true = {(left, right) for _, left, right, _ in read(names[0], is_unordered)}
    print(json.dumps([judge(name, true, is_unordered) for name in names[1:]]))
