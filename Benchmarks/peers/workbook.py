"""Every cell of a workbook's first sheet with python-calamine or openpyxl (read-only).

    workbook.py calamine|openpyxl FILE
Prints seconds, cells that hold something, and the most memory held in millions of bytes, as JSON.
"""
import json
import resource
import sys
import time

kind, path = sys.argv[1:]
began = time.perf_counter()
cells = 0
if kind == "calamine":
    from python_calamine import CalamineWorkbook

    began = time.perf_counter()
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    seconds = time.perf_counter() - began
    cells = sum(1 for row in rows for cell in row if cell != "")
else:
    from openpyxl import load_workbook

    began = time.perf_counter()
    for row in load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True):
        cells += sum(1 for cell in row if cell is not None)
    seconds = time.perf_counter() - began
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
print(json.dumps({"seconds": seconds, "cells": cells, "megabytes": memory}))
