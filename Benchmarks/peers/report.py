"""The year's report with python-docx and openpyxl: the text, a table of 114 rows of 8 columns, six charts (openpyxl's; python-docx has none).

    report.py FILE     FILE is JSON: paragraphs, heads, rows, charts
Prints the seconds of the median of five runs, as JSON.
"""
import io
import json
import statistics
import sys
import time

import docx
import openpyxl
from openpyxl.chart import BarChart, LineChart, Reference

content = json.load(open(sys.argv[1]))


def write():
    document = docx.Document()
    for paragraph in content["paragraphs"]:
        document.add_paragraph(paragraph)
    rows = content["rows"]
    table = document.add_table(rows=1 + len(rows), cols=len(content["heads"]))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, content["heads"]):
        cell.text = head
    for row, values in zip(table.rows[1:], rows):
        for cell, one in zip(row.cells, values):
            cell.text = str(one)
    document.save(io.BytesIO())

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(content["heads"])
    for values in rows:
        sheet.append(values)
    sheet.freeze_panes = "A2"
    for number, kind in enumerate(content["charts"]):
        chart = LineChart() if kind == "line" else BarChart()
        chart.add_data(Reference(sheet, min_col=3 + number % 5, min_row=1, max_row=13), titles_from_data=True)
        chart.set_categories(Reference(sheet, min_col=2, min_row=2, max_row=13))
        sheet.add_chart(chart, f"K{1 + number * 16}")
    book.save(io.BytesIO())


times = []
for _ in range(5):
    began = time.perf_counter()
    write()
    times.append(time.perf_counter() - began)
print(json.dumps({"seconds": statistics.median(times)}))
