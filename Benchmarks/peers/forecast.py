"""Forecast accuracy beside seasonal-naive and AutoETS of statsforecast, on the same series.

    forecast.py generate FILE          monthly series as communes have them, and public ones
    forecast.py judge FILE BAOPHU      forecasts of the last year of each, ours and theirs
"""
import json
import subprocess
import sys

import numpy as np
import pandas as pd


def generate(path):
    """Voluntary and total participants by a stock-and-flow process: joins by season with campaigns, lapses by tenure, returns;
    and AirPassengers, a public series (Box and Jenkins 1976)."""
    random = np.random.default_rng(20261126)
    rows = []
    for unit in range(400):
        months = int(random.choice([36, 48, 60, 72]))
        base = float(random.lognormal(6, 1))
        season = random.normal(0, 0.35, 12) * (random.random() < 0.7)
        season[11] += 0.6 * (random.random() < 0.6)
        early, late = random.uniform(0.03, 0.09), random.uniform(0.005, 0.02)
        january = random.uniform(0, 0.05) * (random.random() < 0.5)
        young, old, lapsed = base * 0.25, base * 0.75, base * 0.2
        rate = base * random.uniform(0.015, 0.05)
        drift = random.normal(0.003, 0.006)
        for month in range(months):
            rate *= np.exp(drift + random.normal(0, 0.03))
            joins = random.poisson(max(rate * np.exp(season[month % 12]), 0.01))
            if random.random() < 0.02:
                joins += random.poisson(base * 0.05)
            leave_young = random.binomial(int(young), min(early, 0.9)) if young >= 1 else 0
            extra = january if month % 12 == 0 else 0
            leave_old = random.binomial(int(old), min(late + extra, 0.9)) if old >= 1 else 0
            back = random.binomial(int(lapsed), 0.02) if lapsed >= 1 else 0
            grown = young / 12
            young += joins + back - leave_young - grown
            old += grown - leave_old
            lapsed += leave_young + leave_old - back - lapsed * 0.01
            rows.append((f"unit-{unit:03}", month, max(round(young + old), 0)))
        if unit % 4 == 0:
            # A total: a large, slow stock beside the voluntary one.
            level, growth = base * 12, random.normal(0.004, 0.002)
            shape = random.normal(0, 0.004, 12)
            for month in range(months):
                level *= np.exp(growth + random.normal(0, 0.004))
                rows.append((f"total-{unit:03}", month, round(level * np.exp(shape[month % 12]))))
    air = [112,118,132,129,121,135,148,148,136,119,104,118,115,126,141,135,125,149,170,170,158,133,114,140,145,150,178,163,
           172,178,199,199,184,162,146,166,171,180,193,181,183,218,230,242,209,191,172,194,196,196,236,235,229,243,264,272,
           237,211,180,201,204,188,235,227,234,264,302,293,259,229,203,229,242,233,267,269,270,315,364,347,312,274,237,278,
           284,277,317,313,318,374,413,405,355,306,271,306,315,301,356,348,355,422,465,467,404,347,305,336,340,318,362,348,
           363,435,491,505,404,359,310,337,360,342,406,396,420,472,548,559,463,407,362,405,417,391,419,461,472,535,622,606,
           508,461,390,432]
    rows += [("air-passengers", month, people) for month, people in enumerate(air)]
    with open(path, "w") as file:
        file.write("series,month,people\n")
        for name, month, people in rows:
            file.write(f"{name},{2018 + month // 12}-{month % 12 + 1:02},{people}\n")


def judge(path, program):
    from statsforecast import StatsForecast
    from statsforecast.models import AutoETS, SeasonalNaive
    import time

    frame = pd.read_csv(path)
    horizon = 12
    train = frame.groupby("series", sort=False).apply(lambda one: one.iloc[:-horizon], include_groups=False).reset_index()
    test = frame.groupby("series", sort=False).apply(lambda one: one.iloc[-horizon:], include_groups=False).reset_index()
    train[["series", "month", "people"]].to_csv(path + ".train.csv", index=False)

    began = time.time()
    text = subprocess.run([program, "forecast", "--input", path + ".train.csv", "--horizon", str(horizon), "--json"],
                          check=True, capture_output=True, text=True).stdout
    ours_seconds = time.time() - began
    ours = {}
    for line in text.splitlines():
        one = json.loads(line)
        ours[one["series"]] = [(p["people"], p["low"], p["high"]) for p in one["points"]]

    data = train.rename(columns={"series": "unique_id", "people": "y"})
    data["ds"] = pd.to_datetime(data["month"])
    data = data[["unique_id", "ds", "y"]]
    began = time.time()
    theirs = StatsForecast(models=[AutoETS(season_length=12), SeasonalNaive(season_length=12)], freq="MS", n_jobs=2) \
        .forecast(df=data, h=horizon, level=[80])
    theirs_seconds = time.time() - began
    theirs = theirs.reset_index() if "unique_id" not in theirs.columns else theirs

    results = {}
    for name, actual in test.groupby("series", sort=False):
        actual = actual["people"].to_numpy(float)
        history = train[train["series"] == name]["people"].to_numpy(float)
        scale = np.mean(np.abs(history[12:] - history[:-12])) if len(history) > 12 else np.mean(np.abs(np.diff(history)))
        if not scale:
            continue
        them = theirs[theirs["unique_id"] == name]
        us = np.array(ours[name])
        for key, point, low, high in [
            ("Bao Phủ", us[:, 0], us[:, 1], us[:, 2]),
            ("AutoETS", them["AutoETS"].to_numpy(), them["AutoETS-lo-80"].to_numpy(), them["AutoETS-hi-80"].to_numpy()),
            ("seasonal naive", them["SeasonalNaive"].to_numpy(), them["SeasonalNaive-lo-80"].to_numpy(),
             them["SeasonalNaive-hi-80"].to_numpy()),
        ]:
            inside = (actual >= low) & (actual <= high)
            width = np.mean(high - low) / scale
            results.setdefault(key, []).append(
                (np.mean(np.abs(actual - point)) / scale, np.mean(inside), abs(actual[-1] - point[-1]) / scale, inside[-1], width))
    print(f"series: {len(results['Bao Phủ'])}, horizon {horizon} months")
    reference = np.mean([one[0] for one in results["AutoETS"]])
    for key, values in results.items():
        table = np.array(values, float)
        print(f"  {key:15} mean scaled error {table[:, 0].mean():.3f} (ratio to AutoETS {table[:, 0].mean() / reference:.3f}), "
              f"at the year's end {table[:, 2].mean():.3f}; 80 % intervals hold {table[:, 1].mean():.1%}, at the end {table[:, 3].mean():.1%}, "
              f"mean width {table[:, 4].mean():.2f}")
    print(f"  seconds: Bao Phủ {ours_seconds:.2f}, AutoETS and seasonal naive {theirs_seconds:.2f}, ratio {ours_seconds / theirs_seconds:.3f}")


if __name__ == "__main__":
    if sys.argv[1] == "generate":
        generate(sys.argv[2])
    else:
        judge(sys.argv[2], sys.argv[3])
