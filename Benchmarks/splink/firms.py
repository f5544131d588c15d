"""Makes a register of invented firms, the tax or insurance office's list of employers, and the truth of who is in both.

Hard as in real lists: firms of one owner share proper name, director, phone and often the address, and differ by what they do; a branch
bears its parent's name and tax code with -001 behind it, and is another firm. The office's rows write the legal form another way, shorten
trades (TM, DV, XNK, SX), lose accents (20 %), drop a word (6 %) or a letter (3 %); tax codes are missing (20 %, more of the small, who lack
the phone too), mistyped (2 %) or without the branch's suffix (15 % of branches); 10 % moved, directors changed (8 %) or are missing (25 %).
One row in twelve is of no firm of the register: a branch of one that is there, the parent of one, or another firm.
"""
import random

from words import FORMS, STREETS, SYLLABLES, TRADES, Names, falling, fold, lose_letter, mistype, phone, table

HEADER = "id,name,mst,address,commune,director,phone\n"
COMMUNES = 114
PLACES = ["Hải Phòng", "Thuỷ Nguyên", "An Dương", "Hải Dương", "Kiến Thuỵ", "Đồ Sơn", "Vĩnh Bảo", "Chí Linh"]
TAILS = ["Hải Phòng", "Việt Nam", "Group", "HP", "68", "36", "Quốc tế", "Đất Cảng", "Việt", "Plus", "JP", "Hà Nội"]
ZONES = ["Nomura", "Đình Vũ", "Tràng Duệ", "Nam Cầu Kiền"]
SHORT = dict(TRADES)
# The digits' weights of a tax code's check digit.
CHECK = (31, 29, 23, 19, 17, 13, 7, 5, 3)


class Firms:
    """Draws firms. A firm is a dictionary: form, trade, proper name, place of the branch, code, address, commune, director, phone."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.luck = self.draw.random
        self.names = Names(self.draw)
        self.forms = table([ways for _, ways in FORMS], [share for share, _ in FORMS])
        self.trades = table([trade for trade, _ in TRADES], falling(TRADES))
        self.syllables = table(SYLLABLES, falling(SYLLABLES, 3))
        self.taken = set()
        self.serial = 0

    def between(self, first, last):
        return first + int(self.luck() * (last - first + 1))

    def code(self):
        """A tax code that no other firm has, with its check digit."""
        while True:
            self.serial += 1
            digits = f"02{self.serial * 7_654_321 % 10**7:07d}"
            check = 10 - sum(int(digit) * weight for digit, weight in zip(digits, CHECK)) % 11
            if check < 10:
                return f"{digits}{check}"

    def address(self):
        if self.luck() < 0.25:
            return f"Lô {'ABCDE'[int(self.luck() * 5)]}{self.between(1, 20)}, KCN {self.names.of(ZONES)}"
        street = self.names.of(STREETS) if self.luck() < 0.5 else f"thôn {self.names.of(self.syllables)} {self.names.of(self.syllables)}"
        return f"Số {self.between(1, 400)} {street}"

    def director(self):
        woman, year = self.luck() < 0.3, self.between(1955, 1998)
        return f"{self.names.surname()} {self.names.middle(woman, year)} {self.names.given(woman)}"

    def proper(self):
        luck, of = self.luck, self.names.of
        first, second = of(self.syllables), of(self.syllables)
        name = f"{first} {second}" if first != second else first + " " + self.names.given(True)
        if luck() < 0.3:
            name += " " + (of(self.syllables) if luck() < 0.6 else TAILS[int(luck() * len(TAILS))])
        return name

    def firm(self, like=None):
        """A firm of a name that no other bears; like another it is its owner's second one."""
        while True:
            ways = self.names.of(self.forms)
            trade = "" if self.luck() < 0.12 else self.names.of(self.trades)
            proper = like["proper"] if like else self.director() if "DNTN" in ways and self.luck() < 0.3 else self.proper()
            if (trade, proper) not in self.taken:
                break
            if like:
                like = None
        self.taken.add((trade, proper))
        firm = {
            "ways": ways, "trade": trade, "proper": proper, "place": "", "code": self.code(), "address": self.address(),
            "commune": int(self.luck() ** 1.4 * COMMUNES), "director": self.director(), "phone": self.phone(),
        }
        if like:
            firm["director"], firm["phone"] = like["director"], like["phone"]
            if self.luck() < 0.6:
                firm["address"], firm["commune"] = like["address"], like["commune"]
        return firm

    def phone(self):
        return "" if self.luck() < 0.2 else phone(self.draw)

    def branch(self, parent, number):
        """A branch of a firm: another address, more often than not a head of its own."""
        branch = dict(parent, code=f"{parent['code']}-{number:03d}", place=self.names.of(PLACES), address=self.address())
        branch["commune"] = int(self.luck() ** 1.4 * COMMUNES)
        if self.luck() < 0.6:
            branch["director"] = self.director()
        if self.luck() < 0.7:
            branch["phone"] = self.phone()
        return branch

    def registered_name(self, firm):
        words = " ".join(word for word in (firm["ways"][0], firm["trade"], firm["proper"]) if word)
        return (f"Chi nhánh {words} tại {firm['place']}" if firm["place"] else words).upper()

    def office_name(self, firm):
        """The name as an office's clerk writes it."""
        luck, draw = self.luck, self.draw
        form = draw.choice(firm["ways"])
        trade, proper = firm["trade"], firm["proper"]
        chance = luck()
        if chance < 0.35:
            trade = SHORT.get(trade, "")
        elif chance < 0.45:
            trade = trade.replace(" và ", " " if luck() < 0.5 else " & ")
        if luck() < 0.06:
            words = [word for word in (trade + " " + proper).split(" ") if word]
            if len(words) > 2:
                del words[draw.randrange(len(words))]
            trade, proper = "", " ".join(words)
        if luck() < 0.03:
            proper = lose_letter(proper, draw)
        name = " ".join(word for word in (form, trade, proper) if word)
        if firm["place"]:
            # Some rows of a branch do not say so.
            chance = luck()
            if chance < 0.8:
                name = f"{'CN' if luck() < 0.3 else 'Chi nhánh'} {name}" + (f" tại {firm['place']}" if luck() < 0.8 else "")
            elif chance < 0.95:
                name = f"{name} - CN {firm['place']}"
        return name.upper() if luck() < 0.6 else name

    def office_row(self, firm):
        """The firm as the office's list has it, without the id."""
        luck, draw = self.luck, self.draw
        name, code, address, commune = self.office_name(firm), firm["code"], firm["address"], firm["commune"]
        director, mobile = firm["director"], firm["phone"]
        is_small = "DNTN" in firm["ways"] or "HTX" in firm["ways"]
        if "-" in code and luck() < 0.15:
            code = code[:10]
        chance, has_phone = luck(), 0.72
        missing = 0.4 if is_small else 0.18
        if chance < missing:
            code, has_phone = "", 0.4
        elif chance < missing + 0.02:
            code = mistype(code, 2, draw) if "-" not in code else mistype(code[:10], 2, draw) + code[10:]
        elif chance < missing + 0.1:
            code = code.replace("-", "")
        if luck() >= has_phone:
            mobile = ""
        elif not mobile or luck() < 0.15:
            mobile = self.phone()
        elif luck() < 0.015:
            mobile = mistype(mobile, 2, draw)
        if luck() < 0.1:
            address, commune = self.address(), int(luck() * COMMUNES)
        elif luck() < 0.15:
            address = address.replace("Số ", "").replace("thôn ", "")
        chance = luck()
        director = "" if chance < 0.25 else self.director() if chance < 0.33 else director
        if luck() < 0.2:
            name, address, director = fold(name).upper(), fold(address), fold(director).upper()
        return line(name, code, address, commune, director, mobile)


def line(name, code, address, commune, director, mobile):
    return f',{name},{code},"{address}",Xã {commune},{director},{mobile}\n'


def make(folder, count=220_000, second_count=90_000):
    """Writes left.csv with so many firms, right.csv with about so many rows, and truth.csv."""
    firms = Firms(20260702)
    luck = firms.luck
    share = second_count / count
    known, branches_only, others = share * 11 / 12, share * 0.04, share * 0.043
    second = []
    with open(f"{folder}/left.csv", "w", encoding="utf-8") as left:
        left.write(HEADER)
        index, earlier = 0, None
        while index < count:
            firm = firms.firm(earlier if luck() < 0.05 else None)
            earlier = firm
            branches = [firms.branch(firm, number + 1) for number in range(firms.between(1, 3))] if luck() < 0.06 else []
            # The parents of some branches sit elsewhere, and are not in the register.
            listed = branches if branches and luck() < 0.4 else [firm] + branches
            if len(listed) == len(branches) and branches and luck() < 0.3:
                second.append((-1, firms.office_row(firm)))
            for one in listed[: count - index]:
                rest = line(firms.registered_name(one), *(one[key] for key in ("code", "address", "commune", "director", "phone")))
                left.write(f"D{index}{rest}")
                if luck() < known:
                    second.append((index, firms.office_row(one)))
                index += 1
            if luck() < branches_only:
                second.append((-1, firms.office_row(firms.branch(firm, len(branches) + 1))))
            if luck() < others:
                second.append((-1, firms.office_row(firms.firm())))
    firms.draw.shuffle(second)
    with open(f"{folder}/right.csv", "w", encoding="utf-8") as right, open(f"{folder}/truth.csv", "w") as truth:
        right.write(HEADER)
        truth.write("left_id,right_id\n")
        for place, (index, row) in enumerate(second):
            right.write(f"B{place}{row}")
            if index >= 0:
                truth.write(f"D{index},B{place}\n")
