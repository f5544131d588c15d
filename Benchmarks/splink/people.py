"""Makes two lists of invented Vietnamese people who live in households, and the truth of who is in both.

What makes people hard to tell apart is here as it is in real lists: a household shares its address, its surname, often a phone and the
middle name of its children; one birth in eighty is of twins, whose numbers often follow each other; a clan's surname is common in its
commune, so that people of one full name and year live near each other; most elder wives are “Nguyễn Thị” something.

The second list holds a quarter of the first and, as one row in twenty, relatives and strangers who are not in the first. Of its rows:
numbers missing (25 %, more of the old and the rural, whose rows are then weak in phone and address too), old ones of nine digits (5 %) or
mistyped (3 %); accents lost (15 %, and with them more often the day of birth); middle name dropped (5 %), a letter lost (2 %), day and month
changed round (2 %), births known by year alone (4 %), moved elsewhere (8 %), sex (5 %) and address (8 %) empty, addresses shortened or
another of the commune, phones changed, mistyped or missing.
"""
import random

from words import STREETS, VILLAGES, Names, fold, lose_letter, mistype, phone

HEADER = "id,name,birth,cccd,sex,commune,address,phone\n"
KNOWN, ONLY_SECOND = 0.266 * 0.95, 0.266 * 0.05
# Where people born elsewhere were registered.
PLACES = ("030", "033", "034", "036", "038", "022", "001")
FIRST_BIRTH, LAST_BIRTH = 1936, 2010


class People:
    """Draws households. A person is (name, day, month, year, number, woman, commune, address, phone)."""

    def __init__(self, count, seed):
        self.draw = random.Random(seed)
        self.luck = self.draw.random
        self.names = Names(self.draw)
        self.communes = max(1, min(114, count // 150))
        self.clans = [self.names.surname() for _ in range(self.communes)]
        self.serials = {}

    def between(self, first, last):
        return first + int(self.luck() * (last - first + 1))

    def is_rural(self, commune):
        return commune % 9 < 5

    def address(self, commune):
        if not self.is_rural(commune):
            if self.luck() < 0.6:
                return f"Số {self.between(1, 120)}, tổ {self.between(1, 30)}"
            return f"Số {self.between(1, 400)} {self.names.of(STREETS)}, tổ {self.between(1, 30)}"
        hamlet = f"Xóm {self.between(1, 12)}, thôn {self.names.of(VILLAGES)}"
        return hamlet if self.luck() < 0.5 else f"Số {self.between(1, 60)}, {hamlet}"

    def number(self, woman, year):
        """A personal id that nobody else has; the next number is kept free for a twin."""
        key = (2 if year >= 2000 else 0) + woman, year % 100
        serial = self.serials[key] = self.serials.get(key, -1) + 1
        place = "031" if self.luck() < 0.85 else self.names.of(PLACES)
        return f"{place}{key[0]}{key[1]:02d}{(serial + 977 * year) * 309_017 % 500_000 * 2:06d}"

    def person(self, surname, woman, year, commune, address, family_phone, middle=None):
        names = self.names
        name = f"{surname} {middle or names.middle(woman, year)} {names.given(woman)}"
        day, month, number = self.between(1, 28), self.between(1, 12), self.number(woman, year)
        return name, day, month, year, number, woman, commune, address, self.phone(family_phone)

    def phone(self, family_phone):
        chance = self.luck()
        return "" if chance < 0.4 else family_phone if chance < 0.52 else phone(self.draw)

    def twin(self, person, address, family_phone):
        """Born the same day as the person, most often of the same sex and with the same middle name."""
        name, day, month, year, number, woman, commune, _, _ = person
        words = name.split(" ")
        if self.luck() < 0.25:
            woman = not woman
            words[1:-1] = [self.names.middle(woman, year)]
        elif self.luck() < 0.2:
            words[1:-1] = [self.names.middle(woman, year)]
        given = words[-1]
        while given == words[-1]:
            given = self.names.given(woman)
        words[-1] = given
        if woman == person[5] and self.luck() < 0.5:
            number = number[:-1] + str(int(number[-1]) + 1)
        else:
            number = self.number(woman, year)
        return " ".join(words), day, month, year, number, woman, commune, address, self.phone(family_phone)

    def household(self):
        """The people of one address: somebody alone, a couple, or a family of up to three generations."""
        luck, between, names = self.luck, self.between, self.names
        commune = int(luck() ** 1.25 * self.communes)
        address, family_phone = self.address(commune), phone(self.draw)
        surname = self.clans[commune] if luck() < 0.25 else names.surname()
        kind = luck()
        if kind < 0.15:
            members = [self.person(surname, luck() < 0.5, between(FIRST_BIRTH, LAST_BIRTH), commune, address, family_phone)]
        else:
            year = between(FIRST_BIRTH, 1986)
            mother = min(year + between(-3, 7), 1990)
            members = [
                self.person(surname, False, year, commune, address, family_phone),
                self.person(names.surname(), True, mother, commune, address, family_phone),
            ]
        for adult in members[:]:
            # Adults left their twin's home, if not the commune.
            if luck() < 1 / 80:
                members.append(self.twin(adult, self.address(commune), phone(self.draw)))
        if kind > 0.35:
            same_middle = luck() < 0.5
            middles = [names.middle(woman, 1990) for woman in (False, True)]
            born = mother + between(20, 26)
            for chance in (0.9, 0.7, 0.3):
                if born > LAST_BIRTH or luck() > chance:
                    break
                woman = luck() < 0.5
                child = self.person(surname, woman, born, commune, address, family_phone, middles[woman] if same_middle else None)
                members.append(child)
                if luck() < 1 / 80:
                    members.append(self.twin(child, address, family_phone))
                born += between(1, 5)
        if kind > 0.9 and year > FIRST_BIRTH + 24:
            woman = luck() < 0.6
            elder = names.surname() if woman else surname
            members.append(self.person(elder, woman, year - between(20, 24), commune, address, family_phone))
        return members

    def second_row(self, person):
        """The person as the second list has it, without the id."""
        luck, draw = self.luck, self.draw
        name, day, month, year, number, woman, commune, address, mobile = person
        is_weak = 0.092 + (0.14 if self.is_rural(commune) else 0) + (0.24 if year < 1962 else 0)
        lost_accents = luck() < 0.15
        if luck() < 0.05 and name.count(" ") > 1:
            name = name[: name.index(" ")] + name[name.rindex(" ") :]
        if luck() < 0.02:
            name = lose_letter(name, draw)
        if day <= 12 and luck() < 0.053:
            day, month = month, day
        birth = str(year) if luck() < (0.16 if lost_accents else 0.019) else f"{day:02d}/{month:02d}/{year}"
        # A row without its number is weak in all the rest.
        has_phone, has_moved, has_address = 0.5, 0.063, 0.92
        chance = luck()
        if chance < is_weak:
            number, has_phone, has_moved, has_address = "", 0.2, 0.13, 0.75
        elif chance < is_weak + 0.05:
            number = f"03{int(luck() * 10**7):07d}"
        elif chance < is_weak + 0.08:
            number = mistype(number, 4, draw)
        moved = luck() < has_moved
        if luck() >= has_phone:
            mobile = ""
        elif not mobile or luck() < (0.4 if moved else 0.2):
            mobile = phone(draw)
        elif luck() < 0.015:
            mobile = mistype(mobile, 2, draw)
        if moved:
            commune = int(luck() * self.communes)
            address = self.address(commune)
        elif luck() >= has_address:
            address = "" if luck() < 0.7 else self.address(commune)
        elif luck() < 0.2:
            address = address.replace("Số ", "").replace("tổ ", "T").replace("Xóm ", "X")
        if lost_accents:
            name, address = fold(name).upper(), fold(address).upper()
        return line(name, birth, number, woman if luck() >= 0.05 else None, commune, address, mobile)


def line(name, birth, number, woman, commune, address, mobile):
    sex = "" if woman is None else "Nữ" if woman else "Nam"
    return f',{name},{birth},{number},{sex},Xã {commune},"{address}",{mobile}\n'


def make(count, folder):
    """Writes left.csv with so many people, right.csv and truth.csv; only the rows of the second list are held."""
    people = People(count, 20260701)
    second = []
    with open(f"{folder}/left.csv", "w", encoding="utf-8") as left:
        left.write(HEADER)
        index = 0
        while index < count:
            for person in people.household():
                chance = people.luck()
                if chance < ONLY_SECOND:
                    second.append((-1, people.second_row(person)))
                    continue
                if index == count:
                    break
                name, day, month, year, number, woman, commune, address, mobile = person
                left.write(f"P{index}" + line(name, f"{day:02d}/{month:02d}/{year}", number, woman, commune, address, mobile))
                if chance < ONLY_SECOND + KNOWN * (1 - ONLY_SECOND):
                    second.append((index, people.second_row(person)))
                index += 1
    people.draw.shuffle(second)
    with open(f"{folder}/right.csv", "w", encoding="utf-8") as right, open(f"{folder}/truth.csv", "w") as truth:
        right.write(HEADER)
        truth.write("left_id,right_id\n")
        for place, (index, row) in enumerate(second):
            right.write(f"T{place}{row}")
            if index >= 0:
                truth.write(f"P{index},T{place}\n")
