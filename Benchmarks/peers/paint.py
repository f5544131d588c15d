"""When Chromium first paints something of a page, on a phone whose processor is six times as slow as this machine's.

    paint.py BASE COOKIE PATH…       {"/path": milliseconds, …}: of three visits each the middle one"""

import json
import statistics
import sys
from playwright.sync_api import sync_playwright

PAINTED = """() => new Promise(done => new PerformanceObserver(list =>
  list.getEntriesByName('first-contentful-paint').forEach(entry => done(entry.startTime))
).observe({type: 'paint', buffered: true}))"""


def main(base: str, cookie: str, *paths: str):
    name, _, value = cookie.partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
        context.add_cookies([{"name": name, "value": value, "url": base}])
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
        answer = {}
        for path in paths:
            times = []
            for _ in range(3):
                page.goto(base + path)
                times.append(page.evaluate(PAINTED))
            answer[path] = statistics.median(times)
        browser.close()
    print(json.dumps(answer))


main(*sys.argv[1:])
