"""Ten jobs of a commune officer's and an analyst's week; docs/jobs.md says what each may cost.

Each begins on the first page after signing in and ends when the screen says that it is done."""

import re
from datetime import timedelta
from person import Office, Person, paper

JOBS: dict = {}
UNIT = re.compile("^(UBND|Xã|Phường|Đặc khu) ")


def job(login: str):
    def enter(deed):
        JOBS[deed.__name__.replace("_", "-")] = (login, deed)
        return deed
    return enter


class Round:
    """One going through all jobs; each round must find something left to do."""

    def __init__(self, number: int, office: Office, day):
        self.number, self.office, self.day = number, office, day

    def written(self, days: int = 0) -> str:
        return (self.day + timedelta(days=days)).strftime("%d/%m/%Y")


# The commune's officer

@job("canboxa")
def today(p: Person, r: Round):
    """What is late, and what the reviewer said of what came back."""
    p.sees("Quá hạn")
    returned = p.page.locator("main section, main").filter(has=p.page.get_by_role("heading", name="Bị trả lại"))
    p.press_on(returned.last.get_by_role("link", name=re.compile(r"^II\.3 ")).last)
    p.sees("Lý do trả lại")


@job("canboxa")
def hand_in(p: Person, r: Round):
    p.click("link", re.compile(r"^III\.11 "))
    p.open("Nộp sản phẩm này")
    p.type("Số, ký hiệu", f"{r.number}2/BC-UBND")
    p.type("Ngày văn bản", r.written(-1))
    p.type("Trích yếu", "Kết quả tuyên truyền quý III")
    p.attach("Tệp văn bản", "bao-cao.pdf", paper())
    p.click("button", "Lưu sản phẩm")
    p.click("button", "Nộp", exact=True)
    p.sees("Việc đang chờ cơ quan cấp trên duyệt")
    with p.aside():
        p.open("Rút lại để sửa")
        p.click("button", "Rút lại")
        p.open("Bỏ …")
        p.click("button", "Bỏ", exact=True)


@job("canboxa")
def quarter_report(p: Person, r: Round):
    """From the work to the paper with its number and signed copy, which fills the work's product."""
    p.click("link", re.compile(r"^I\.5 "))
    p.click("link", re.compile("^Soạn báo cáo quý"))
    p.click("button", "Soạn văn bản")
    p.open("Văn thư: ghi số")
    p.type("Số văn thư cấp", f"{r.number}15")
    p.type("Ngày ban hành", r.written())
    p.type("Họ tên người ký", "Đỗ Thị Chủ Tịch")
    p.attach("Bản đã ký", "ban-ky.pdf", paper())
    p.click("button", "Ghi số, ngày ban hành")
    p.sees(f"{r.number}15/BC-UBND")
    p.sees("Thu hồi, thay thế")
    with p.aside():
        p.open("Thu hồi, thay thế")
        p.type("Lý do, căn cứ", "Ghi nhầm số")
        p.click("button", "Ghi thu hồi")


@job("canboxa")
def contest(p: Person, r: Round):
    """A figure is wrong: the officer's own, with a reason and what proves it."""
    p.nav(UNIT)
    p.click("link", re.compile("^BHXH bắt buộc: nguồn"))
    p.open("Số này chưa đúng")
    p.type("Số người theo đơn vị", "5.901")
    p.type("Lý do", "Thiếu một doanh nghiệp mới chuyển về")
    p.type("Văn bản, tài liệu làm căn cứ", "Công văn 12/BHXH")
    p.click("button", "Gửi đề nghị")
    p.sees("5.901")
    with r.office.person("thuongtruc", "desk") as other:
        other.go("/so-lieu/de-nghi")
        other.open("Không chấp nhận")
        other.type("Căn cứ không chấp nhận", "Doanh nghiệp đóng ở nơi khác")
        other.click("button", "Không chấp nhận")


@job("canboxa")
def groups(p: Person, r: Round):
    """The month's count of the residential groups, from a sheet."""
    p.nav(UNIT)
    p.click("link", re.compile("tổ dân phố, thôn"))
    rows = "".join(f"Thôn {n},{40 + n + r.number}\n" for n in range(1, 6))
    p.attach("Bảng tổ dân phố, thôn", "to.csv", ("Tên tổ dân phố,Đang tham gia tự nguyện\n" + rows).encode(), "text/csv")
    p.type("Ngày chốt số đang tham gia", r.written(-1))
    p.click("button", "Nạp danh sách")
    p.sees("Đã lưu")


@job("canboxa")
def ask(p: Person, r: Round):
    """An obstacle, from the page where it arises."""
    p.click("link", re.compile(r"^II\.3 "))
    p.click("link", "Gửi vướng mắc", within="footer")
    p.type("Tóm tắt", f"Người tạm trú có đưa vào danh sách không (lần {r.number})")
    p.type("Vướng mắc cụ thể", "Danh sách nhóm tiềm năng có gồm người tạm trú không?")
    p.click("button", "Gửi", exact=True)
    p.sees("tạm trú")


# The analyst

@job("thuongtruc")
def accept_fifty(p: Person, r: Round):
    """By keys at a desk, then what is left: all at once by touch, and without scripts what was ticked."""
    p.nav("Chờ duyệt")
    if p.screen == "phone":
        # Folded where there is little room.
        p.open("Xem danh sách, duyệt nhiều việc một lần")
    if not p.scripts:
        for box in p.page.locator("main").get_by_role("checkbox", name="Chọn ").all()[:1]:
            p.press_on(box)
        p.click("button", "Chấp nhận các việc đã chọn")
        p.sees("Đã chấp nhận")
    elif p.screen == "phone":
        p.click("button", "Chọn tất cả ở đây")
        p.click("button", "Chấp nhận các việc đã chọn")
        p.sees("Không còn việc nào chờ bạn duyệt")
        with p.aside():
            # Something is left to tick.
            p.click("button", re.compile("^Hoàn tác"))
            p.sees("Chấp nhận kèm ghi chú")
    else:
        for _ in range(50):
            p.press("a", leads=True)
        p.sees("Đã chấp nhận")


@job("thuongtruc")
def answer(p: Person, r: Round):
    p.click("link", re.compile(rf"lần {r.number}\)"))
    p.open("Trả lời")
    p.type("Nội dung trả lời", "Có, nếu cư trú từ sáu tháng.")
    p.type("Căn cứ pháp lý", "Luật Cư trú, Điều 27")
    p.click("button", "Lưu câu trả lời")
    p.sees("Luật Cư trú, Điều 27")


@job("thuongtruc")
def remind(p: Person, r: Round):
    """One letter to all units that are late, with the list of what each owes."""
    p.nav("Văn bản")
    p.click("link", "Công văn đôn đốc nhiệm vụ quá hạn")
    p.type("Hạn gửi sản phẩm, báo cáo", r.written(10))
    p.click("button", "Soạn văn bản")
    p.sees("dự thảo")
    p.sees("quá hạn")


@job("thuongtruc")
def furthest_behind(p: Person, r: Round):
    """Which commune is furthest behind, and why."""
    p.nav("Tổng quan")
    p.press_on(p.page.locator("main .calls a").first)
    p.sees("Việc nên làm tiếp")
