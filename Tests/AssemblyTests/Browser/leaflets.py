"""What each calculator of the law owes: on a phone two things are asked first, at a desk the result stands beside the form,
and what is printed of it is one sheet. The cases to try of each page are tried, and the longest there is.

    leaflets.py BASE       a line of JSON for each result"""

import json
import re
import sys
from playwright.sync_api import sync_playwright
from person import PATIENCE, SCREENS

LONGEST = (
    "/tra-cuu/tu-nguyen?ngaysinh=1969&gioitinh=nam&muc=1.500.000&dadong=10&doituong=near-poor&dahotro=110"
    "&lienhe=UBND xã An Phú, bà Nguyễn Thị Lan, điện thoại 0225 1234567"
)
SEEN = """() => [...document.querySelectorAll('#tinh input, #tinh select')]
  .filter(e => e.type !== 'hidden' && e.checkVisibility()).length"""
BESIDE = """() => {
  const [form, result] = ['#tinh', 'section[aria-labelledby=ket-qua]'].map(s => document.querySelector(s)?.getBoundingClientRect());
  return Boolean(form && result && result.left >= form.right && Math.abs(result.top - form.top) < 8);
}"""


def main(base: str):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        phone, desk = (browser.new_page(viewport=SCREENS[name]) for name in ("phone", "desk"))
        for page in (phone, desk):
            page.set_default_timeout(PATIENCE)
        desk.goto(base + "/tra-cuu")
        links = desk.locator('main a[href^="/tra-cuu/"]').evaluate_all("all => all.map(a => a.getAttribute('href'))")
        results = [LONGEST]
        for calculator in dict.fromkeys(links):
            phone.goto(base + calculator)
            print(json.dumps({"page": calculator, "asked": phone.evaluate(SEEN)}), flush=True)
            results += phone.locator('nav[aria-labelledby="dong-thu"] a').evaluate_all(
                "all => all.map(a => a.getAttribute('href'))")
        for address in results:
            desk.goto(base + address)
            told = {"page": address, "beside": desk.evaluate(BESIDE)}
            # Skia writes the objects of pages in the clear.
            told["sheets"] = len(re.findall(rb"/Type\s*/Page\b(?!s)", desk.pdf(prefer_css_page_size=True)))
            print(json.dumps(told, ensure_ascii=False), flush=True)
        browser.close()


main(*sys.argv[1:])
