"""Makes two lists of bank transactions: what left one account and what came into another, and the truth of which belong together.

The memo is cut at 16 letters (25 %), loses a word (15 %) or a letter (6 %), is the other bank's own words (5 %) or missing (3 %). The day is up to
six days later (nearly half the same or the next, none earlier); amounts have decimals, and fees or rates of exchange move a third of them by
up to 3 %. One in ten of each list has no partner. Sums of rent, wages and fees come back monthly with the same memo.
"""
import datetime
import random

from words import lose_letter

PAYEES = (
    "acme tools|north water|city transport|green grocer|sun energy|old mill bakery|blue river insurance|fast parcels|metro phone|oak furniture|"
    "star cinema|harbour fish|hill dairy|union gym|royal books|west garage|silver jewellery|lake hotel|alpha school|delta clinic"
).split("|")
KINDS = ["invoice", "rent", "order", "payment", "salary", "membership", "deposit", "refund", "subscription", "fee"]
PEOPLE = ["anna berg", "lee chan", "maria rossi", "ivan petrov", "sam brown", "eva klein", "omar haddad", "nina lind", "paul durand", "kim park"]
HEADER = "id,memo,transaction_date,amount\n"


def memo(draw):
    """What the payer writes."""
    words = [draw.choice(KINDS), draw.choice(PAYEES if draw.random() < 0.7 else PEOPLE)]
    if draw.random() < 0.55:
        words.append(f"{draw.choice(['no', 'ref', 'nr'])} {draw.randrange(100, 99_999)}")
    if draw.random() < 0.2:
        words.append(draw.choice(["january", "march", "may", "july", "october", "2024", "2025"]))
    return " ".join(words)


def arrived(draw, text):
    """What the other bank shows of it."""
    chance = draw.random()
    if chance < 0.25:
        return text[:16].strip()
    if chance < 0.40:
        words = text.split()
        words.pop(draw.randrange(len(words)))
        return " ".join(words)
    if chance < 0.46:
        return lose_letter(text, draw)
    if chance < 0.51:
        return f"credit {draw.randrange(10**6, 10**7)}"
    return "" if chance < 0.54 else text


def make(folder, count=40_000):
    """Writes left.csv, right.csv, truth.csv."""
    draw = random.Random(1602)
    left, right = [], []
    first = datetime.date(2024, 1, 2)
    standing = [(memo(draw), round(draw.lognormvariate(5.5, 1), 2)) for _ in range(1_200)]
    for index in range(count):
        text, amount = draw.choice(standing) if draw.random() < 0.3 else (memo(draw), round(draw.lognormvariate(4.6, 1.3), 2))
        if draw.random() < 0.1:
            amount = float(round(amount, -1) or 10)
        day = first + datetime.timedelta(days=draw.randrange(360))
        chance = draw.random()
        if chance < 0.95:
            left.append((index, text, day, amount))
        if chance > 0.9 or chance < 0.85:
            later = draw.choices(range(7), [30, 25, 14, 12, 9, 6, 4])[0]
            if draw.random() < 0.33:
                amount = round(amount * draw.uniform(0.97, 1.005), 2)
            right.append((index, arrived(draw, text), day + datetime.timedelta(days=later), amount))
    draw.shuffle(right)
    places = {index: f"A{place}" for place, (index, *_) in enumerate(left)}
    with open(f"{folder}/truth.csv", "w") as truth:
        truth.write("left_id,right_id\n")
        truth.writelines(f"{places[index]},B{place}\n" for place, (index, *_) in enumerate(right) if index in places)
    for name, letter, rows in (("left", "A", left), ("right", "B", right)):
        with open(f"{folder}/{name}.csv", "w") as file:
            file.write(HEADER)
            file.writelines(f"{letter}{place},{text},{day},{amount}\n" for place, (_, text, day, amount) in enumerate(rows))
