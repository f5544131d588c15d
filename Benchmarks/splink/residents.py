"""Makes two lists of invented Vietnamese people by other hands than `people.py`: what clerks and keyboards do to names.

The households are those of `people.py` with another draw; a third of the births of before 1960 is the first of January. The second list has
other headings, more of what one person can do wrong, and no number for nearly half. Of its rows: the given name first (3 %), surname and given
name changed round (1 %), the keystrokes of Telex (2 %) or VNI (1 %) left in, two words joined (2 %), a word split (1 %), initials for all but the
given name (1.5 %), middle names dropped (5 %) or cut to their first letters (2 %), letters mistyped (2 %), accents lost (15 %); days written in four ways, with one digit
wrong (2 %), day and month changed round (2 %), the year alone (5 %); numbers missing (45 %) or mistyped (2 %); moved (9 %), communes and sex missing (4 %).
"""
import random
import unicodedata

from people import KNOWN, ONLY_SECOND, People
from words import fold, lose_letter, mistype, phone

LEFT = "ma,ho_va_ten,ngay_sinh,gioi_tinh,so_dinh_danh,dia_chi,phuong_xa,dien_thoai\n"
RIGHT = "ma,ten_nguoi_nop,sinh_ngay,gioi_tinh,cccd,noi_o,don_vi,sdt\n"
TONES = {"\u0300": "f2", "\u0301": "s1", "\u0309": "r3", "\u0303": "x4", "\u0323": "j5"}
SHAPES = {"\u0306": ("w", "8"), "\u0302": (None, "6"), "\u031b": ("w", "7")}


def keystrokes(word, vni):
    """What was typed for a word where the input method was off."""
    typed, tone = "", ""
    for letter in unicodedata.normalize("NFD", word):
        if letter in TONES:
            tone = TONES[letter][vni]
        elif letter in SHAPES:
            typed += SHAPES[letter][vni] or typed[-1].lower()
        elif letter in "đĐ":
            typed += letter.replace("đ", "d").replace("Đ", "D") + ("9" if vni else "d")
        else:
            typed += letter
    return typed + tone


class Residents(People):
    def hurt(self, name):
        """The name as a tired clerk has it."""
        luck, words = self.luck, name.split(" ")
        chance = luck()
        if chance < 0.03:
            words = words[-1:] + words[:-1]
        elif chance < 0.04:
            words[0], words[-1] = words[-1], words[0]
        elif chance < 0.07:
            words = [keystrokes(word, chance > 0.06) for word in words]
        elif chance < 0.09:
            spot = int(luck() * (len(words) - 1))
            words[spot : spot + 2] = ["".join(words[spot : spot + 2])]
        elif chance < 0.10:
            spot = int(luck() * len(words))
            word = words[spot]
            if len(word) > 3:
                words[spot : spot + 1] = [word[:-2], word[-2:]]
        elif chance < 0.115:
            words = [word[0] + "." for word in words[:-1]] + words[-1:]
        elif chance < 0.165:
            words = [words[0], words[-1]]
        elif chance < 0.185:
            words = words[:1] + [word[0] for word in words[1:-1]] + words[-1:]
        name = " ".join(words)
        return lose_letter(name, self.draw) if luck() < 0.02 else name

    def born(self, day, month, year, plain):
        """The day of birth as written."""
        luck = self.luck
        if luck() < (0.12 if plain else 0.04):
            return str(year)
        if day <= 12 and luck() < 0.05:
            day, month = month, day
        chance = luck()
        if chance < 0.01:
            year += (-10, -1, 1, 10)[int(luck() * 4)]
        elif chance < 0.02:
            day = 1 + int(luck() * 28)
        form = luck()
        if form < 0.7:
            return f"{day:02d}/{month:02d}/{year}"
        if form < 0.85:
            return f"{year}-{month:02d}-{day:02d}"
        return f"{day}-{month}-{year}" if form < 0.97 else f"{day:02d}{month:02d}{year}"

    def second_row(self, person):
        luck = self.luck
        name, day, month, year, number, woman, commune, address, mobile = person
        plain = luck() < 0.15
        name, birth = self.hurt(name), self.born(day, month, year, plain)
        weak = luck() < (0.45 if year < 1965 else 0.25)
        chance = luck()
        if chance < (0.65 if weak else 0.35):
            number = ""
        elif chance > 0.98:
            number = mistype(number, 4, self.draw)
        if luck() < (0.75 if weak else 0.5) or not mobile:
            mobile = ""
        elif luck() < 0.2:
            mobile = phone(self.draw)
        if luck() < 0.09:
            commune = int(luck() * self.communes)
            address = self.address(commune)
        elif luck() < 0.1:
            address = ""
        elif luck() < 0.2:
            address = address.replace("Số ", "").replace("tổ ", "T").replace("Xóm ", "X")
        if plain:
            name, address = fold(name).upper(), fold(address)
        sex = "" if luck() < 0.04 else "Nữ" if woman else "Nam"
        place = "" if luck() < 0.04 else f"xã {commune}"
        return f',{name},{birth},{sex},{number},"{address}",{place},{mobile}\n'


def make(count, folder):
    """Writes left.csv with so many people, right.csv and truth.csv."""
    people, second = Residents(count, 19_450_902), []
    with open(f"{folder}/left.csv", "w", encoding="utf-8") as left:
        left.write(LEFT)
        index = 0
        while index < count:
            for person in people.household():
                name, day, month, year, number, woman, commune, address, mobile = person
                if year < 1960 and people.luck() < 0.33:
                    day = month = 1
                    person = (name, day, month, year, number, woman, commune, address, mobile)
                chance = people.luck()
                if chance < ONLY_SECOND:
                    second.append((-1, people.second_row(person)))
                    continue
                if index == count:
                    break
                sex = "Nữ" if woman else "Nam"
                left.write(f'D{index},{name},{day:02d}/{month:02d}/{year},{sex},{number},"{address}",Xã {commune},{mobile}\n')
                if chance < ONLY_SECOND + KNOWN * (1 - ONLY_SECOND):
                    second.append((index, people.second_row(person)))
                index += 1
    random.Random(7).shuffle(second)
    with open(f"{folder}/right.csv", "w", encoding="utf-8") as right, open(f"{folder}/truth.csv", "w") as truth:
        right.write(RIGHT)
        truth.write("left_id,right_id\n")
        for place, (index, row) in enumerate(second):
            right.write(f"N{place}{row}")
            if index >= 0:
                truth.write(f"D{index},N{place}\n")
