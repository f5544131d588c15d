"""Links two files (or finds the doubles of one) with Splink on DuckDB, as its documentation advises; writes left_id,right_id,match_weight."""
import csv
import logging
import sys
import time

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from data import fold

logging.disable(logging.WARNING)
kind, output, *files = sys.argv[1:]
begin = time.monotonic()
connection = duckdb.connect()
connection.create_function("fold", fold, ["VARCHAR"], "VARCHAR")


def table(path, name):
    if kind == "people":
        query = f"""SELECT id AS unique_id, name, fold(name) AS folded, regexp_extract(fold(name), '[^ ]+$') AS given,
            regexp_extract(fold(name), '^[^ ]+') || ' ' || regexp_extract(fold(name), '[^ ]+$') AS ends,
            CASE WHEN length(birth) = 10 THEN substr(birth, 7) || '-' || substr(birth, 4, 2) || '-' || substr(birth, 1, 2) END AS birth,
            right(birth, 4) AS year, nullif(cccd, '') AS cccd, nullif(sex, '') AS sex, commune
            FROM read_csv('{path}', all_varchar = true)"""
    else:
        query = f"""SELECT rec_id AS unique_id, trim(given_name) AS given_name, trim(surname) AS surname, trim(street_number) AS street_number,
            trim(address_1) AS address_1, trim(suburb) AS suburb, trim(postcode) AS postcode, trim(state) AS state,
            trim(date_of_birth) AS date_of_birth, left(date_of_birth, 4) AS year, trim(soc_sec_id) AS soc_sec_id
            FROM read_csv('{path}', all_varchar = true)"""
    connection.execute(f"CREATE TABLE {name} AS {query}")
    return name


names = [table(path, f"list_{place}") for place, path in enumerate(files)]
if kind == "people":
    comparisons = [
        cl.CustomComparison(
            output_column_name="folded",
            comparison_levels=[
                cll.NullLevel("folded"),
                cll.ExactMatchLevel("name", term_frequency_adjustments=True),
                cll.ExactMatchLevel("folded", term_frequency_adjustments=True),
                cll.ExactMatchLevel("ends", term_frequency_adjustments=True),
                cll.JaroWinklerLevel("folded", 0.94),
                cll.JaroWinklerLevel("folded", 0.88),
                cll.ExactMatchLevel("given"),
                cll.ElseLevel(),
            ],
        ),
        cl.CustomComparison(
            output_column_name="birth",
            comparison_levels=[
                cll.NullLevel("year"),
                cll.ExactMatchLevel("birth"),
                cll.DamerauLevenshteinLevel("birth", 1),
                cll.DamerauLevenshteinLevel("birth", 2),
                cll.ExactMatchLevel("year"),
                cll.ElseLevel(),
            ],
        ),
        cl.DamerauLevenshteinAtThresholds("cccd", [1, 2]),
        cl.ExactMatch("sex"),
        cl.ExactMatch("commune").configure(term_frequency_adjustments=True),
    ]
    blocking = [
        block_on("cccd"), block_on("folded", "year"), block_on("given", "birth"), block_on("ends", "year", "commune"),
        block_on("birth", "commune"),
    ]
    sure, recall = [block_on("cccd"), block_on("folded", "birth", "commune")], 0.9
    trained = [block_on("folded", "year"), block_on("cccd")]
else:
    comparisons = [
        cl.NameComparison("given_name"), cl.NameComparison("surname"), cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]), cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]), cl.ExactMatch("state"), cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
        cl.JaroWinklerAtThresholds("suburb", [0.9, 0.7]),
    ]
    blocking = [
        block_on("soc_sec_id"), block_on("date_of_birth"), block_on("given_name", "surname"), block_on("surname", "postcode"),
        block_on("given_name", "postcode"), block_on("given_name", "year"), block_on("surname", "year"), block_on("street_number", "postcode"),
    ]
    sure, recall = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")], 0.95
    trained = [block_on("date_of_birth"), block_on("postcode")]

api = DuckDBAPI(connection)
frames = [api.register(name) for name in names]
linker = Linker(
    frames if len(frames) > 1 else frames[0],
    SettingsCreator(
        link_type="link_only" if len(frames) > 1 else "dedupe_only", comparisons=comparisons, blocking_rules_to_generate_predictions=blocking
    ),
)
linker.training.estimate_probability_two_random_records_match(sure, recall=recall)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
for rule in trained:
    linker.training.estimate_parameters_using_expectation_maximisation(rule)
pairs = linker.inference.predict(threshold_match_weight=-10)
connection.execute(
    f"""COPY (SELECT unique_id_l AS left_id, unique_id_r AS right_id, match_weight FROM {pairs.physical_name}) TO '{output}' (HEADER)"""
)
print(f"{time.monotonic() - begin:.2f}")
