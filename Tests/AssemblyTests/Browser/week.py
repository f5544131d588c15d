"""Goes through the jobs at a desk, on a phone and without scripts, against a running demonstration.

    week.py BASE PASSWORD DAY [JOB…]       a line of JSON for each job of each round"""

import json
import sys
from datetime import date
from playwright.sync_api import sync_playwright
from jobs import JOBS, Round
from person import Office

ROUNDS = [("desk", True), ("phone", True), ("desk", False)]


def main(base: str, password: str, day: str, *wanted: str):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        office = Office(browser, base, password)
        for number, (screen, scripts) in enumerate(ROUNDS, 1):
            for name, (login, deed) in JOBS.items():
                if wanted and name not in wanted:
                    continue
                told = {"job": name, "screen": screen, "scripts": scripts}
                try:
                    with office.person(login, screen, scripts) as person:
                        person.begin()
                        deed(person, Round(number, office, date.fromisoformat(day)))
                        told |= person.counts
                except Exception as failure:  # of one job; the others are still told
                    told["failure"] = f"{type(failure).__name__}: {failure}"[:400]
                print(json.dumps(told, ensure_ascii=False), flush=True)
        browser.close()


main(*sys.argv[1:])
