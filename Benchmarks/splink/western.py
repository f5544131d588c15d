"""Makes lists of invented western people with doubles, each list with the truth.

`western`: 50,000 rows of about 8,000 people of the 17th to the 19th century, one to twenty rows each. The full name bears a title or a
second name here and there; beside it stand columns taken from it (first name and surname together, and apart). Of the rows: days of
birth missing (15 %), the first of January in place of the day (12 %) or with one digit wrong (6 %); first names shortened (8 %), another of the
person's names (3 %), mistyped names (7 %), another surname (4 %); birthplaces missing (20 %) or a neighbouring town's (8 %); postcodes missing
(20 %), of a neighbour (12 %) or mistyped (4 %); sex missing (25 %) or misspelt (1 %); occupations missing (30 %) or another of the person's (20 %).

`german`: 10,000 rows, one in ten the double of another with one or two slips in the names or the birth, which is in three columns.
"""
import csv
import random

from words import falling, lose_letter, table

MEN = (
    "john william thomas george james henry charles robert edward richard joseph samuel francis david peter alexander philip arthur hugh "
    "frederick andrew daniel walter benjamin edmund matthew nicholas christopher anthony ralph michael simon stephen augustus lewis patrick "
    "gilbert humphrey roger josiah nathaniel jonathan isaac jacob abraham theophilus bartholomew valentine lancelot cuthbert"
).split()
WOMEN = (
    "mary elizabeth anne sarah jane margaret catherine frances martha hannah susannah charlotte harriet caroline eleanor louisa emma sophia "
    "isabella lucy dorothy rebecca rachel maria amelia georgiana julia matilda agnes henrietta barbara grace alice emily penelope bridget"
).split()
SHORT = {
    "john": "jack", "william": "will", "thomas": "tom", "james": "jas", "henry": "harry", "charles": "chas", "robert": "bob", "edward": "ned",
    "richard": "dick", "joseph": "jos", "samuel": "sam", "francis": "frank", "elizabeth": "eliza", "mary": "polly", "margaret": "peggy",
    "catherine": "kate", "frances": "fanny", "martha": "patty", "susannah": "susan", "benjamin": "ben", "alexander": "alex", "daniel": "dan",
}
HEADS = (
    "ash black brad bur car clif col cram dal den dun ed far flet ford gar glen gran hal har haw hol hum ken lam lang mar mel mil nor old pem "
    "pres rad ran red row rush san sel shel stan stap sut tal thorn under wal war wes whit wil win wood worth yar"
).split()
TAILS = "ton ley ford well den wick by worth man son ham field more land cote ridge stone croft ward bourne".split()
PLAIN = "smith jones williams brown taylor davies wilson evans johnson roberts thompson wright walker white green hall wood clarke king".split()
TOWNS_HEAD = "ald ax bath berk bir bod bos brid bris cam can car ches col der dor dover ely ex glou guild hast here hunt ips lan leeds lin".split()
TOWNS_TAIL = "chester ford ham bury mouth pool ton minster port stead".split()
TRADES = (
    "politician clergyman painter soldier lawyer merchant engineer physician botanist poet writer actor composer banker architect printer "
    "bookseller cricketer judge diplomat naturalist engraver musician schoolmaster surgeon chemist explorer sculptor farmer brewer mathematician "
    "astronomer geologist antiquary journalist"
).split()
TITLES = ["sir", "lord", "rev", "dr", "lady", "capt"]
GERMAN_MEN = "hans peter michael thomas andreas wolfgang klaus jürgen günter stefan christian uwe werner horst frank bernd manfred ralf dieter karl".split()
GERMAN_WOMEN = "ursula karin helga sabine ingrid renate monika susanne gisela petra birgit andrea gerda brigitte elke heike erika christa martina".split()
GERMAN_PLAIN = "müller schmidt schneider fischer weber meyer wagner becker schulz hoffmann schäfer koch bauer richter klein wolf schröder neumann".split()
GERMAN_HEADS = "acker berg brand buch eber eich feld frei gross hart hein hoch holz kalt kirch lang licht linden neu ober rosen sand schön stein unter wald weiss wein wies winter".split()
GERMAN_TAILS = "mann bauer berg hauer meister müller huber maier schmid inger feld bach hofer stein er mayer wirth".split()


class Drawing:
    """Draws with few common values and many rare ones."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.luck = self.draw.random

    def of(self, values):
        return values[int(self.luck() * len(values))]

    def common(self, values, steepness=4):
        return table(values, falling(values, steepness))

    def mistyped(self, word):
        """One letter lost, doubled, changed round or put for another."""
        if len(word) < 4:
            return word
        kind, spot = self.luck(), self.draw.randrange(1, len(word) - 1)
        if kind < 0.3:
            return lose_letter(word, self.draw)
        if kind < 0.5:
            return word[:spot] + word[spot] + word[spot:]
        if kind < 0.75:
            return word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :]
        return word[:spot] + self.of("aeiouslrnt") + word[spot + 1 :]


class Western(Drawing):
    def __init__(self, seed):
        super().__init__(seed)
        surnames = PLAIN + [head + tail for head in HEADS for tail in TAILS]
        rare = surnames[len(PLAIN) :]
        self.draw.shuffle(rare)
        self.surnames = table(PLAIN, falling(PLAIN, 1)) + self.common(rare, 3) * 3
        self.men, self.women = self.common(MEN, 5), self.common(WOMEN, 4)
        towns = [head + tail for head in TOWNS_HEAD for tail in TOWNS_TAIL]
        self.draw.shuffle(towns)
        self.town_list = towns
        self.towns = ["london"] * 1_500 + self.common(towns, 3)
        self.trades = self.common(TRADES, 5)

    def postcode(self, town):
        place = self.town_list.index(town) if town != "london" else -1
        area = f"ec{1 + int(self.luck() * 4)}a" if place < 0 else f"{town[0]}{town[-1]}{1 + place % 30}"
        return f"{area} {int(self.luck() * 10)}{self.of('abdefghjlnpqrstuwxyz')}{self.of('abdefghjlnpqrstuwxyz')}"

    def person(self):
        woman = self.luck() < 0.22
        firsts = [self.of(self.women if woman else self.men) for _ in range(1 + (self.luck() < 0.35))]
        surname, town = self.of(self.surnames), self.of(self.towns)
        year = 1600 + int(300 * self.luck() ** 0.7)
        birth = [year, 1 + int(self.luck() * 12), 1 + int(self.luck() * 28)]
        trades = [self.of(self.trades), self.of(self.trades)]
        title = self.of(TITLES) if self.luck() < 0.15 else ""
        return firsts, surname, town, birth, trades, title, woman, [self.postcode(town) for _ in range(2)]

    def row(self, person):
        luck = self.luck
        firsts, surname, town, birth, trades, title, woman, postcodes = person
        first = firsts[0]
        if luck() < 0.08:
            first = SHORT.get(first, first[0] + ".")
        elif luck() < 0.03:
            first = firsts[-1]
        if luck() < 0.05:
            first = self.mistyped(first)
        if luck() < 0.05:
            surname = self.mistyped(surname)
        elif luck() < 0.04:
            surname = self.of(self.surnames)
        middle = firsts[1] if len(firsts) > 1 and first != firsts[1] and luck() < 0.5 else ""
        full = " ".join(word for word in (title if luck() < 0.6 else "", first, middle, surname) if word)
        year, month, day = birth
        chance = luck()
        if chance < 0.12:
            month = day = 1
        elif chance < 0.18:
            spot = luck()
            if spot < 0.3:
                year += self.of([-10, -1, 1, 10])
            elif spot < 0.6:
                month = 1 + int(luck() * 12)
            else:
                day = 1 + int(luck() * 28)
        dob = "" if luck() < 0.15 else f"{year}-{month:02d}-{day:02d}"
        place = "" if luck() < 0.2 else self.of(self.towns) if luck() < 0.08 else town
        postcode = self.of(postcodes) if luck() < 0.3 else postcodes[0]
        if luck() < 0.12:
            postcode = self.postcode(town)
        elif luck() < 0.04:
            postcode = self.mistyped(postcode)
        sex = "" if luck() < 0.25 else "female" if woman else "male"
        if luck() < 0.01:
            sex = self.mistyped(sex)
        trade = "" if luck() < 0.3 else trades[luck() < 0.2]
        names = first.rstrip("."), surname
        return [full, " ".join(names), *names, dob, place, "" if luck() < 0.2 else postcode, sex, trade]


class German(Drawing):
    def __init__(self, seed):
        super().__init__(seed)
        rare = [head + tail for head in GERMAN_HEADS for tail in GERMAN_TAILS]
        self.draw.shuffle(rare)
        self.surnames = table(GERMAN_PLAIN, falling(GERMAN_PLAIN, 2)) + self.common(rare, 2)
        self.firsts = self.common(GERMAN_MEN, 3) + self.common(GERMAN_WOMEN, 3)

    def person(self):
        between = self.draw.randint
        return [self.of(self.firsts), "", self.of(self.surnames), "", between(1920, 2005), between(1, 12), between(1, 28)]

    def row(self, person):
        person = list(person)
        for _ in range(1 + (self.luck() < 0.15)):
            spot = self.of([0, 0, 2, 2, 2, 4, 5, 6])
            if spot < 4:
                person[spot] = self.mistyped(person[spot])
            elif spot == 4:
                person[4] += self.of([-10, -1, 1, 10])
            else:
                person[spot] = max(1, min(person[spot] + self.of([-10, -1, 1, 10]), 12 if spot == 5 else 28))
        return person


def write(folder, header, rows, draw):
    """The rows in any order, and the pairs of rows of one person."""
    draw.shuffle(rows)
    persons = {}
    with open(f"{folder}/left.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["id", *header])
        for place, (person, row) in enumerate(rows):
            out.writerow([f"Q{place}", *row])
            persons.setdefault(person, []).append(f"Q{place}")
    with open(f"{folder}/truth.csv", "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["left_id", "right_id"])
        for ids in persons.values():
            out.writerows((min(one, other), max(one, other)) for at, one in enumerate(ids) for other in ids[at + 1 :])


def western(folder, count=50_000):
    draws, rows, index = Western(1664), [], 0
    while len(rows) < count:
        person = draws.person()
        copies = 1 + int(19.99 * draws.luck() ** 2.2)
        rows += [(index, draws.row(person)) for _ in range(min(copies, count - len(rows)))]
        index += 1
    header = ["full_name", "first_and_surname", "first_name", "surname", "dob", "birth_place", "postcode", "gender", "occupation"]
    write(folder, header, rows, draws.draw)


def german(folder, count=10_000):
    draws, rows = German(1871), []
    for index in range(count * 9 // 10):
        person = draws.person()
        rows.append((index, person))
        if index % 9 == 0:
            rows.append((index, draws.row(person)))
    write(folder, ["fname_c1", "fname_c2", "lname_c1", "lname_c2", "by", "bm", "bd"], rows, draws.draw)
