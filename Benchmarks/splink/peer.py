"""Links two files (or finds the doubles of one) with Splink on DuckDB, as its documentation advises.

peer.py people|residents|firms|febrl OUTPUT FILE [FILE] writes left_id,right_id,match_weight,match_probability. The blocking rules are those of the
settings file of the same name; values are put in order in SQL before.
"""
import logging
import sys
import time

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

# Words of firms' names: legal forms, which are left out, and shortened trades, which are written out.
FORMS = (
    "cong ty|cty|ct|ctcp|trach nhiem huu han|tnhh|mot thanh vien|mtv|co phan|cp|doanh nghiep|dn|tu nhan|dntn|hop tac xa|htx|"
    "chi nhanh|cn|tai|va"
)
TRADES = {
    "tm": "thuong mai", "dv": "dich vu", "xd": "xay dung", "vt": "van tai", "sx": "san xuat", "xnk": "xuat nhap khau", "dt": "dau tu",
    "ck": "co khi", "hh": "hang hai", "tp": "thuc pham", "gd": "giao duc", "dl": "du lich",
}
PLAIN_TRADES = "thuong mai|dich vu|san xuat|xuat nhap khau"


def folded(column):
    """SQL of a text in small letters without accents; nothing for an empty one."""
    return f"nullif(replace(strip_accents(lower({column})), 'đ', 'd'), '')"


def without(text, words):
    """SQL of a text without some whole words, single spaces between the others."""
    return f"trim(regexp_replace(regexp_replace({text}, '\\b({words})\\b', ' ', 'g'), ' +', ' ', 'g'))"


def people(source):
    query = f"""SELECT id AS unique_id, name, {folded('name')} AS folded, regexp_extract({folded('name')}, '[^ ]+$') AS given,
        regexp_extract({folded('name')}, '^[^ ]+') || ' ' || regexp_extract({folded('name')}, '[^ ]+$') AS ends,
        CASE WHEN length(birth) = 10 THEN substr(birth, 7) || '-' || substr(birth, 4, 2) || '-' || substr(birth, 1, 2) END AS birth,
        right(birth, 4) AS year, nullif(cccd, '') AS cccd, nullif(sex, '') AS sex, commune, {folded('address')} AS address,
        nullif(phone, '') AS phone FROM {source}"""
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
        cl.JaroWinklerAtThresholds("address", [0.95, 0.88]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("phone", [1]).configure(term_frequency_adjustments=True),
    ]
    blocking = [
        block_on("cccd"), block_on("folded", "year"), block_on("given", "birth"), block_on("ends", "year", "commune"),
        block_on("birth", "commune"), block_on("given", "phone"), block_on("given", "address", "commune"),
    ]
    sure = [block_on("cccd"), block_on("folded", "birth", "commune")]
    return query, comparisons, blocking, sure, 0.9, [block_on("folded", "year"), block_on("cccd")]


def residents(source):
    """Two lists of other headings; days in four forms, names with their words in any order."""
    left = "left.csv" in source
    name, birth, number, address, place, mobile = (
        ("ho_va_ten", "ngay_sinh", "so_dinh_danh", "dia_chi", "phuong_xa", "dien_thoai") if left
        else ("ten_nguoi_nop", "sinh_ngay", "cccd", "noi_o", "don_vi", "sdt")
    )
    forms = "['%d/%m/%Y', '%Y-%m-%d', '%d-%m-%Y', '%d%m%Y']"
    short = folded(address)
    for long, letter in (("số ", ""), ("so ", ""), ("tổ ", "t"), ("to ", "t"), ("xóm ", "x"), ("xom ", "x")):
        short = f"replace({short}, '{long}', '{letter}')"
    query = f"""SELECT ma AS unique_id, {name} AS name, {folded(name)} AS folded, regexp_extract({folded(name)}, '[^ ]+$') AS given,
        regexp_extract({folded(name)}, '^[^ ]+') || ' ' || regexp_extract({folded(name)}, '[^ ]+$') AS ends,
        array_to_string(list_sort(string_split(replace({folded(name)}, ' ', ''), '')), '') AS letters,
        strftime(try_strptime({birth}, {forms}), '%Y-%m-%d') AS birth,
        coalesce(strftime(try_strptime({birth}, {forms}), '%Y'), right({birth}, 4)) AS year, nullif({number}, '') AS cccd,
        nullif(gioi_tinh, '') AS sex, nullif(lower({place}), '') AS commune, {short} AS address, nullif({mobile}, '') AS phone
        FROM {source}"""
    _, comparisons, _, sure, recall, trained = people(source)
    comparisons[0] = cl.CustomComparison(
        output_column_name="folded",
        comparison_levels=[
            cll.NullLevel("folded"),
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.ExactMatchLevel("folded", term_frequency_adjustments=True),
            cll.ExactMatchLevel("letters", term_frequency_adjustments=True),
            cll.ExactMatchLevel("ends", term_frequency_adjustments=True),
            cll.JaroWinklerLevel("folded", 0.94),
            cll.JaroWinklerLevel("folded", 0.88),
            cll.ExactMatchLevel("given"),
            cll.ElseLevel(),
        ],
    )
    comparisons[1] = cl.CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            cll.NullLevel("year"),
            cll.ExactMatchLevel("birth", term_frequency_adjustments=True),
            cll.DamerauLevenshteinLevel("birth", 1),
            cll.DamerauLevenshteinLevel("birth", 2),
            cll.ExactMatchLevel("year"),
            cll.ElseLevel(),
        ],
    )
    blocking = [
        block_on("cccd"), block_on("folded", "year"), block_on("letters", "year"), block_on("given", "birth"),
        block_on("given", "year", "commune"), block_on("birth", "commune"), block_on("given", "phone"), block_on("letters", "commune"),
        block_on("address", "commune"),
    ]
    return query, comparisons, blocking, sure, recall, trained


def firms(source):
    core = without("written", FORMS)
    for short, full in TRADES.items():
        core = f"regexp_replace({core}, '\\b{short}\\b', '{full}', 'g')"
    query = f"""SELECT *, nullif({without('trade_name', PLAIN_TRADES)}, '') AS core, string_split(trade_name, ' ') AS words
        FROM (SELECT *, {core} AS trade_name, CASE WHEN regexp_matches(written, '\\b(chi nhanh|cn)\\b') THEN 'yes' ELSE 'no' END AS branch
        FROM (SELECT id AS unique_id, trim(regexp_replace({folded('name')}, '[^a-z0-9]+', ' ', 'g')) AS written,
        nullif(regexp_replace(mst, '[^0-9]', '', 'g'), '') AS mst, nullif(left(mst, 10), '') AS firm_code, {folded('address')} AS address,
        commune, {folded('director')} AS director, nullif(phone, '') AS phone FROM {source}))"""
    shared = "len(list_intersect(words_l, words_r)) >= {} * len(list_distinct(list_concat(words_l, words_r)))"
    comparisons = [
        cl.CustomComparison(
            output_column_name="trade_name",
            comparison_levels=[
                cll.NullLevel("trade_name"),
                cll.ExactMatchLevel("trade_name", term_frequency_adjustments=True),
                cll.JaroWinklerLevel("trade_name", 0.95),
                cll.ExactMatchLevel("core", term_frequency_adjustments=True),
                cll.CustomLevel(shared.format(0.6), "60 % of the words"),
                cll.CustomLevel(shared.format(0.4), "40 % of the words"),
                cll.ElseLevel(),
            ],
        ),
        cl.CustomComparison(
            output_column_name="mst",
            comparison_levels=[
                cll.NullLevel("mst"),
                cll.ExactMatchLevel("mst"),
                cll.DamerauLevenshteinLevel("mst", 1),
                cll.DamerauLevenshteinLevel("mst", 2),
                cll.ElseLevel(),
            ],
        ),
        cl.ExactMatch("branch"),
        cl.JaroWinklerAtThresholds("address", [0.95, 0.88]).configure(term_frequency_adjustments=True),
        cl.ExactMatch("commune").configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("director", [0.94, 0.88]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("phone", [1]).configure(term_frequency_adjustments=True),
    ]
    blocking = [
        block_on("firm_code"), block_on("core"), block_on("phone"), block_on("director", "commune"), block_on("address", "commune"),
    ]
    sure = [block_on("mst"), block_on("trade_name", "branch", "commune")]
    return query, comparisons, blocking, sure, 0.9, [block_on("core"), block_on("mst"), block_on("phone")]


def febrl(source):
    query = f"""SELECT rec_id AS unique_id, trim(given_name) AS given_name, trim(surname) AS surname, trim(street_number) AS street_number,
        trim(address_1) AS address_1, trim(suburb) AS suburb, trim(postcode) AS postcode, trim(state) AS state,
        trim(date_of_birth) AS date_of_birth, left(date_of_birth, 4) AS year, trim(soc_sec_id) AS soc_sec_id FROM {source}"""
    comparisons = [
        cl.NameComparison("given_name"), cl.NameComparison("surname"), cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]), cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]), cl.ExactMatch("state"), cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
        cl.JaroWinklerAtThresholds("suburb", [0.9, 0.7]),
    ]
    blocking = [
        block_on("soc_sec_id"), block_on("date_of_birth"), block_on("given_name", "surname"), block_on("surname", "postcode"),
        block_on("given_name", "postcode"), block_on("given_name", "year"), block_on("surname", "year"),
        block_on("street_number", "postcode"),
    ]
    sure = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]
    return query, comparisons, blocking, sure, 0.95, [block_on("date_of_birth"), block_on("postcode")]


def link(kind, output, files):
    connection = duckdb.connect()
    api = DuckDBAPI(connection)
    frames = []
    for place, path in enumerate(files):
        query, comparisons, blocking, sure, recall, trained = kind(f"read_csv('{path}', all_varchar = true)")
        connection.execute(f"CREATE TABLE list_{place} AS {query}")
        frames.append(api.register(f"list_{place}"))
    settings = SettingsCreator(
        link_type="link_only" if len(frames) > 1 else "dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocking,
    )
    linker = Linker(frames if len(frames) > 1 else frames[0], settings)
    linker.training.estimate_probability_two_random_records_match(sure, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in trained:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_weight=-10)
    connection.execute(
        f"""COPY (SELECT unique_id_l AS left_id, unique_id_r AS right_id, match_weight, match_probability FROM {pairs.physical_name})
        TO '{output}' (HEADER)"""
    )


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    begin = time.monotonic()
    link({"people": people, "residents": residents, "firms": firms, "febrl": febrl}[sys.argv[1]], sys.argv[2], sys.argv[3:])
    print(f"{time.monotonic() - begin:.2f}")
