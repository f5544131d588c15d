"""Somebody at the keyboard: what they click, type and press, and what their browser asks of the server, is counted."""

from contextlib import contextmanager
from playwright.sync_api import Page, expect

# Patience, not a measure: other tests share the machine.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

SCREENS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}


class Person:
    def __init__(self, page: Page, login: str, base: str, screen: str, scripts: bool):
        self.page, self.login, self.base, self.screen, self.scripts = page, login, base, screen, scripts
        self.clicks = self.fields = self.keys = self.requests = 0
        page.set_default_timeout(PATIENCE)
        page.on("request", self._asked)
        self.go("/")

    def _asked(self, request):
        if request.url.startswith(self.base) and not request.url.startswith(self.base + "/tinh/"):
            self.requests += 1

    def begin(self):
        """Counting begins: the person has signed in and sees their first page."""
        self.clicks = self.fields = self.keys = self.requests = 0

    @property
    def counts(self) -> dict:
        return {"clicks": self.clicks, "keys": self.keys, "fields": self.fields, "requests": self.requests}

    def go(self, path: str):
        answer = self.page.goto(self.base + path)
        if not answer.ok:
            raise AssertionError(f"{path} answers {answer.status} to {self.login}")

    # Deeds that are counted

    def click(self, role: str, name, within: str = "main", exact: bool = False):
        self.press_on(self.page.locator(within).get_by_role(role, name=name, exact=exact).first)

    def press_on(self, target):
        target.click()
        self.page.wait_for_load_state()
        self.clicks += 1

    def open(self, words: str):
        """Unfolds what is folded; nothing to do where it lies open."""
        folded = self.page.locator("main details:not([open]) > summary", has_text=words)
        if folded.count():
            self.press_on(folded.first)

    def nav(self, name):
        """One of the entries at the head; behind its button where the screen is narrow."""
        entry = self.page.locator("header nav").get_by_role("link", name=name).first
        if not entry.is_visible():
            self.press_on(self.page.locator("header summary, header button[aria-expanded]").first)
        self.press_on(entry)

    def type(self, label, text: str):
        self.page.locator("main").get_by_label(label).locator("visible=true").first.fill(text)
        self.fields += 1

    def attach(self, label, name: str, content: bytes, media: str = "application/pdf"):
        self.page.locator("main").get_by_label(label).locator("visible=true").first.set_input_files(
            {"name": name, "mimeType": media, "buffer": content})
        self.fields += 1

    def press(self, key: str, leads: bool = False):
        """leads: to another page, whose scripts then hear the next key."""
        if leads:
            with self.page.expect_navigation(wait_until="load"):
                self.page.keyboard.press(key)
        else:
            self.page.keyboard.press(key)
        self.keys += 1

    # What they see

    def sees(self, words):
        expect(self.page.locator("main")).to_contain_text(words)

    def shows(self, role: str, name) -> bool:
        return self.page.locator("main").get_by_role(role, name=name).count() > 0

    @contextmanager
    def aside(self):
        """What is done here is no part of the job."""
        counts = (self.clicks, self.fields, self.keys, self.requests)
        yield self
        self.clicks, self.fields, self.keys, self.requests = counts


class Office:
    """The browser, with a signed-in session of each account."""

    def __init__(self, browser, base: str, password: str):
        self.browser, self.base, self.password = browser, base, password
        self.sessions: dict = {}

    @contextmanager
    def page(self, login: str, screen: str, scripts: bool = True):
        context = self.browser.new_context(
            viewport=SCREENS[screen], locale="vi-VN", java_script_enabled=scripts, storage_state=self._session(login))
        try:
            yield context.new_page()
        finally:
            context.close()

    @contextmanager
    def person(self, login: str, screen: str, scripts: bool = True):
        with self.page(login, screen, scripts) as page:
            yield Person(page, login, self.base, screen, scripts)

    def _session(self, login: str):
        """Of an account; nobody's without a login."""
        if login and login not in self.sessions:
            context = self.browser.new_context(locale="vi-VN")
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(self.base + "/dang-nhap")
            page.locator("[name=login]").fill(login)
            page.locator("[name=password]").fill(self.password)
            page.locator("main button[type=submit]").click()
            expect(page.locator("header .who")).to_be_visible()
            self.sessions[login] = context.storage_state()
            context.close()
        return self.sessions.get(login)


def paper() -> bytes:
    """A PDF of one empty page."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj %s endobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)
