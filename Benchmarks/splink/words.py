"""Vietnamese names and words with how common they are, and small tools to draw them fast."""
import math
import unicodedata

SURNAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Vũ Phan Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương Trịnh Lương Mai Tô Hà Cao Đinh Lưu"
).split()
SURNAME_WEIGHTS = [31, 11, 9, 7, 5, 5, 4, 3, 3, 3, 2, 2, 1.5, 1.2, 1.2, 1.1, 1, 1, 1, 0.9, 0.8, 0.8, 0.8, 0.8, 0.7]
MEN = "Văn Đức Minh Hữu Quang Xuân Thành Công Đình Ngọc Tiến Trọng Quốc Mạnh Bá".split()
WOMEN = "Thị Thu Ngọc Thanh Hồng Kim Bích Minh Phương Thuý Mai Lan Diệu Hoài Khánh".split()
GIVEN_MEN = (
    "Hùng Dũng Tuấn Anh Minh Hải Nam Long Sơn Thắng Đức Cường Hiếu Quân Trung Kiên Huy Khoa Phúc Bình Hoà Toàn Tùng Việt Thịnh Lâm Khánh "
    "Đạt Vinh Quý An Bách Chiến Duy Giang Hậu Khôi Lộc Mạnh Nghĩa Phong Quang Sáng Tài Uy Vũ Xuân"
).split()
GIVEN_WOMEN = (
    "Lan Hương Hà Linh Mai Nga Thảo Trang Hằng Hiền Huệ Yến Ngọc Phương Thuỷ Vân Oanh Nhung Loan Dung Hạnh Hoa Hồng Huyền Liên Ly Minh Ngân "
    "Nhàn Nhi Như Quyên Quỳnh Sen Tâm Thanh Thu Thuý Tình Trâm Tuyết Uyên Vy Xuân Anh Bích Châu Chi Diệp Đào"
).split()
VILLAGES = "Đông Đoài Nam Bắc Trung Thượng Hạ Nội Ngoại Cầu Chùa Đình".split()
STREETS = (
    "Lê Lợi|Trần Phú|Lạch Tray|Tô Hiệu|Cầu Đất|Văn Cao|Lê Hồng Phong|Nguyễn Văn Linh|Trường Chinh|Hùng Vương|Đà Nẵng|Ngô Gia Tự"
).split("|")

# Of firms: syllables that names are put together from, what the firms do (in full, and as people shorten it), legal forms.
SYLLABLES = (
    "Minh An Phát Thành Hải Hưng Anh Phú Gia Tân Đại Việt Đức Long Hoàng Thịnh Nam Bình Quang Sơn Trường Ngọc Hà Vạn Lộc Tiến Đạt Thiên Khánh "
    "Linh Phương Bảo Kim Đông Á Châu Nhật Tâm Tín Nghĩa Phong Vinh Dương Huy Tuấn Hùng Mạnh Cường Toàn Thắng Lợi Xuân Thu Thảo Trang Mai Lan Hồng "
    "Cát Tường Duy Khang Đăng Khoa Nguyên Trí Việt Mỹ Hoa Sen Sao Biển Cảng Vân Thái Bắc Tùng Lâm Giang Trung Kiên Vũ Ý Phúc Đỉnh"
).split()
TRADES = [
    ("Thương mại", "TM"), ("Dịch vụ", "DV"), ("Thương mại và Dịch vụ", "TM & DV"), ("Xây dựng", "XD"), ("Vận tải", "VT"), ("Sản xuất", "SX"),
    ("Xuất nhập khẩu", "XNK"), ("Đầu tư", "ĐT"), ("Sản xuất và Thương mại", "SX & TM"), ("Thương mại Vận tải", "TM VT"), ("Cơ khí", "CK"),
    ("Xây dựng và Thương mại", "XD & TM"), ("Logistics", "Logistics"), ("Dịch vụ Hàng hải", "DV HH"), ("May mặc", "May"), ("Bao bì", "Bao bì"),
    ("Nội thất", "Nội thất"), ("Thực phẩm", "TP"), ("Công nghệ", "CN"), ("Giáo dục", "GD"), ("Du lịch", "DL"), ("Dược phẩm", "Dược"),
]
# By form: its share, and how it is written, the registered way first.
FORMS = [
    (52, ["Công ty TNHH", "Công ty trách nhiệm hữu hạn", "Cty TNHH", "Công ty TNHH", "CT TNHH"]),
    (16, ["Công ty TNHH MTV", "Công ty TNHH một thành viên", "Cty TNHH MTV", "Công ty trách nhiệm hữu hạn một thành viên", "Công ty TNHH"]),
    (23, ["Công ty Cổ phần", "Công ty CP", "CTCP", "Cty CP", "Công ty Cổ phần"]),
    (6, ["Doanh nghiệp tư nhân", "DNTN", "DN tư nhân"]),
    (3, ["Hợp tác xã", "HTX"]),
]


def falling(values, steepness=6):
    """Weights of values of which few are common and most are rare."""
    return [math.exp(-steepness * place / len(values)) for place in range(len(values))]


def table(values, weights, size=8192):
    """The values, each as often as its weight says, so that one look at a random place draws one."""
    total, drawn, sum_so_far = sum(weights), [], 0
    for value, weight in zip(values, weights):
        sum_so_far += weight
        drawn += [value] * (round(size * sum_so_far / total) - len(drawn))
    return drawn


def fold(text):
    """Small letters without accents."""
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in text if not unicodedata.combining(c)).lower()


def lose_letter(name, draw):
    """The name without one of its inner letters."""
    spots = [spot for spot in range(1, len(name) - 1) if name[spot] != " "]
    if not spots:
        return name
    spot = draw.choice(spots)
    return name[:spot] + name[spot + 1 :]


def mistype(number, first, draw):
    """The number with one digit wrong, or two neighbours changed round, not before the place given."""
    spot = draw.randrange(first, len(number) - 1)
    if draw.random() < 0.3 and number[spot] != number[spot + 1]:
        return number[:spot] + number[spot + 1] + number[spot] + number[spot + 2 :]
    return number[:spot] + str((int(number[spot]) + draw.randrange(1, 10)) % 10) + number[spot + 1 :]


def phone(draw):
    """A mobile number."""
    return f"0{'35789'[int(draw.random() * 5)]}{int(draw.random() * 10**8):08d}"


class Names:
    """Draws names of people."""

    def __init__(self, draw):
        self.luck = draw.random
        self.surnames = table(SURNAMES, SURNAME_WEIGHTS)
        self.men = (table(MEN, falling(MEN)), table(GIVEN_MEN, falling(GIVEN_MEN, 3.5)))
        self.women = (table(WOMEN, falling(WOMEN)), table(GIVEN_WOMEN, falling(GIVEN_WOMEN, 3.5)))

    def of(self, values):
        return values[int(self.luck() * len(values))]

    def surname(self):
        return self.of(self.surnames)

    def middle(self, woman, born):
        """“Thị” for most women of the years before 1985; two words for many of the young."""
        if woman and self.luck() < (0.7 if born < 1985 else 0.2):
            return "Thị"
        middles = (self.women if woman else self.men)[0]
        middle = self.of(middles)
        if self.luck() < (0.15 if born < 1985 else 0.4):
            second = self.of(middles)
            if second != middle:
                middle += " " + second
        return middle

    def given(self, woman):
        return self.of((self.women if woman else self.men)[1])
