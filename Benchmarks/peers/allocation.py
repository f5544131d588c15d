"""The relaxed allocation with SciPy: minimise the sum of w ((x - f) / f)^2 within bounds, sum fixed.

    allocation.py FILE     FILE is JSON: total, weights, floors, caps
Prints seconds and the objective reached, as JSON.
"""
import json
import sys
import time

import numpy as np
from scipy.optimize import LinearConstraint, minimize

problem = json.load(open(sys.argv[1]))
total = problem["total"]
weights = np.array(problem["weights"], float)
weights /= weights.sum()
fair = total * weights
bounds = list(zip(problem["floors"], [None if cap is None else cap for cap in problem["caps"]]))


def value(x):
    return float(np.sum(weights * ((x - fair) / fair) ** 2))


def slope(x):
    return 2 * weights * (x - fair) / fair**2


start = np.clip(fair, problem["floors"], [np.inf if cap is None else cap for cap in problem["caps"]])
best, seconds = None, None
# SLSQP in the fair share's own units: plain x is too badly scaled for it.
for method in ["SLSQP", "trust-constr"]:
    began = time.perf_counter()
    if method == "SLSQP":
        scaled = [(low / f, None if high is None else high / f) for (low, high), f in zip(bounds, fair)]
        found = minimize(
            lambda y: value(y * fair), start / fair, jac=lambda y: slope(y * fair) * fair, bounds=scaled, method=method,
            constraints=[{"type": "eq", "fun": lambda y: np.dot(y, fair) / total - 1, "jac": lambda y: fair / total}],
            options={"maxiter": 1000, "ftol": 1e-15})
        x = found.x * fair
    else:
        if best is not None:
            break
        found = minimize(value, start, jac=slope, bounds=bounds, method=method,
                         constraints=[LinearConstraint(np.ones((1, len(fair))), total, total)], options={"maxiter": 2000})
        x = found.x
    taken = time.perf_counter() - began
    feasible = abs(x.sum() - total) < 1e-3 * total ** 0.5
    if feasible:
        best, seconds = value(x), taken
        name = method
if best is None:
    print(json.dumps({"seconds": taken, "objective": None, "method": "none feasible"}))
else:
    print(json.dumps({"seconds": seconds, "objective": best, "method": name}))
