"""Forty kinds of pages on a phone: nothing scrolls sideways, charts can be read and touched, nothing is serious for axe,
nothing weighs 100 KB with style and script.

    pages.py BASE PASSWORD [NAME…]       a line of JSON for each page; NAME: only addresses that contain it"""

import json
import sys
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from person import Office

# Addresses, by who looks; `→` goes on to the first link of the page that begins so.
PAGES = {
    "canboxa": [
        "/hom-nay", "/viec?kieu=bang", "/viec → /viec/I", "/don-vi → /don-vi/1", "/thong-bao", "/tai-khoan",
        "/ban-chi-dao/11140", "/don-vi/11140/to-dan-pho", "/so-lieu/don-vi/11140/2026-10/bat-buoc", "/vuong-mac/gui",
        "/van-ban/moi/bao-cao-xa", "/chi-tieu/11140", "/tro-giup", "/tro-giup/dung-chung/y-kien", "/tim?tim=bao+cao",
        "/but-phe", "/y-kien/unit~11140",
    ],
    "thuongtruc": [
        "/hom-nay", "/viec", "/don-vi", "/don-vi/11140/in", "/don-vi/so-noi-vu", "/nhiem-vu", "/nhiem-vu/II.4", "/lich",
        "/ke-hoach", "/vuong-mac", "/tong-quan", "/so-lieu", "/so-lieu/thang/2026-10", "/so-lieu/bien-dong",
        "/so-lieu/de-nghi", "/chi-tieu", "/phan-bo", "/phan-bo → /phan-bo/0", "/phan-bo → /phan-bo/0 +/ban-do", "/du-bao",
        "/xep-hang", "/van-ban", "/bang-tong-hop", "/nhac-viec",
    ],
    "lanhdao": [
        "/tong-quan?do=tu-nguyen", "/don-vi/11140", "/but-phe?kieu=tat-ca", "/but-phe → /but-phe/0",
        "/y-kien/instance~II.4~2026~11140",
    ],
    "bhxh": ["/so-lieu/nap"],
    "quantri": [
        "/quan-tri/tai-khoan", "/quan-tri/nhat-ky", "/viec-chay-nen", "/huy-tep", "/thiet-ke",
        "/thiet-ke?kieu=form-page", "/tro-giup/thuat-ngu", "/tro-giup/quan-tri",
    ],
    "": ["/tra-cuu", "/tra-cuu/tu-nguyen", "/van-ban-tham-so", "/dang-nhap"],
}

# Moderate findings and best practices are shown by `pages.py`, and fail nothing.
GRAVE = {"serious", "critical"}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}

# What makes a page scroll sideways: what sticks out and nothing around it holds.
WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const style = e => getComputedStyle(e);
  // An element that is placed absolutely is held by what it is placed in, not by its parents.
  const holder = e => style(e).position === 'absolute' ? e.offsetParent : e.parentElement;
  const held = e => { for (let p = holder(e); p; p = holder(p)) if (style(p).overflowX !== 'visible') return true;
    return style(e).position === 'fixed'; };
  const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().left + e.scrollWidth > room + 1
    && style(e).overflowX === 'visible' && !held(e));
  return ['page: ' + document.documentElement.scrollWidth + ' of ' + room].concat(out
    .filter(e => !out.some(o => o !== e && e.contains(o))).map(e => e.outerHTML.slice(0, 120)).slice(0, 5));
}"""


# Of charts: texts smaller than 12 pixels, and links that a finger would miss (24 pixels; WCAG 2.2, 2.5.8).
SMALL = """() => [...document.querySelectorAll('svg.chart')].flatMap(chart => {
  const scale = chart.getBoundingClientRect().width / chart.viewBox.baseVal.width;
  const seen = e => e.getClientRects().length > 0;
  const texts = [...chart.querySelectorAll('text')].filter(seen)
    .filter(t => parseFloat(getComputedStyle(t).fontSize) * scale < 11.95).map(t => 'text: ' + t.textContent);
  const links = [...chart.querySelectorAll('a path')].filter(p => getComputedStyle(p).pointerEvents !== 'none')
    .filter(p => Math.min(p.getBoundingClientRect().width, p.getBoundingClientRect().height) < 24)
    .map(p => 'link: ' + p.parentNode.textContent);
  return texts.slice(0, 3).concat(links.slice(0, 3));
})"""


def reach(page, base: str, address: str):
    """Opens an address, by way of a list where it says so. Answers the page's own document."""
    start, _, rest = address.partition(" → ")
    answer = page.goto(base + start)
    if rest:
        beginning, _, more = rest.partition(" +")
        path = page.locator(f'main a[href^="{beginning}"]').first.get_attribute("href")
        answer = page.goto(base + path + more)
    return answer


def look(page, base: str, address: str, axe: Axe, sizes: dict) -> dict:
    answer = reach(page, base, address)
    if not answer.ok:
        return {"failure": f"answers {answer.status}"}
    # The style sheet is one for all pages, kept by the browser after the first.
    weight = len(answer.body())
    for url in page.evaluate("[...document.querySelectorAll('script[src]')].map(e => e.src)"):
        if url not in sizes:
            sizes[url] = len(page.request.get(url).body())
        weight += sizes[url]
    # What is folded is looked at as well: it is what a finger opens.
    page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true; })")
    findings = axe.run(page, options=RULES).response["violations"]
    return {
        "bytes": weight,
        "wide": page.evaluate(WIDE),
        "small": page.evaluate(SMALL),
        "findings": [
            f'{f["impact"]} {f["id"]}: {n["html"][:160]}' for f in findings if f["impact"] in GRAVE for n in f["nodes"][:3]
        ],
        "minor": sorted({f["id"] for f in findings if f["impact"] not in GRAVE}),
    }


def main(base: str, password: str, *names: str):
    axe = Axe()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        office = Office(browser, base, password)
        sizes: dict = {}
        for login, addresses in PAGES.items():
            wanted = [a for a in addresses if not names or any(name in a for name in names)]
            if not wanted:
                continue
            with office.page(login, "phone") as page:
                for address in wanted:
                    told = {"page": address, "login": login}
                    try:
                        told |= look(page, base, address, axe, sizes)
                    except Exception as failure:  # of one page; the others are still told
                        told["failure"] = f"{type(failure).__name__}: {failure}"[:400]
                    print(json.dumps(told, ensure_ascii=False), flush=True)
        browser.close()


main(*sys.argv[1:])
