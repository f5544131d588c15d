"""Reads a folder's workbooks with openpyxl and calamine, its texts with csv, and writes what each found: one JSON object a line.

A cell is null, or a text of its kind and value: t text, n number, d day (with the time behind it), b truth, e error, o anything else.
"""
import csv
import datetime
import io
import json
import pathlib
import sys
import warnings

import openpyxl
import python_calamine

warnings.simplefilter("ignore")
csv.field_size_limit(1 << 30)


def cell(value, kind=None):
    if value is None or value == "" and kind != "s":
        return None
    if kind == "e":
        return "e" + str(value)
    if isinstance(value, bool):
        return "b" + ("1" if value else "0")
    if isinstance(value, (int, float)):
        return "n" + repr(float(value))
    if isinstance(value, datetime.datetime):
        return "d" + value.isoformat()
    if isinstance(value, datetime.date):
        return "d" + value.isoformat()
    if isinstance(value, (datetime.time, datetime.timedelta)):
        return "o" + str(value)
    return "t" + str(value)


def attempt(read):
    try:
        return read()
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def by_openpyxl(path):
    book = openpyxl.load_workbook(path, data_only=True)
    sheets = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        cells = {f"{c.row},{c.column - 1}": cell(c.value, c.data_type) for row in sheet.iter_rows() for c in row}
        sheets.append({"name": sheet.title, "cells": {k: v for k, v in cells.items() if v is not None}})
    return sheets


def by_calamine(path):
    book = python_calamine.CalamineWorkbook.from_path(path)
    sheets = []
    for meta in book.sheets_metadata:
        if meta.visible != python_calamine.SheetVisibleEnum.Visible or meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        rows = sheet.to_python(skip_empty_area=False)
        cells = {f"{r + 1},{c}": cell(v) for r, row in enumerate(rows) for c, v in enumerate(row)}
        sheets.append({"name": meta.name, "cells": {k: v for k, v in cells.items() if v is not None}})
    return sheets


def by_csv(path):
    form = json.loads(path.with_suffix(".json").read_text())
    text = path.read_bytes().decode(form["encoding"])
    if form["skips"]:
        text = text[text.index("\n") + 1 :]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=form["separator"], strict=True)
    return [row for row in rows if row]


out = sys.stdout
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    if path.suffix == ".xlsx":
        found = {"openpyxl": attempt(lambda: by_openpyxl(path)), "calamine": attempt(lambda: by_calamine(path))}
    elif path.suffix == ".csv":
        found = {"csv": attempt(lambda: by_csv(path))}
    else:
        continue
    out.write(json.dumps({"file": path.name, **found}) + "\n")
