#!/usr/bin/env bash
# Runs our linkage on Spark beside Splink on Spark on the same files and cores (spark.py): spark.sh [COUNT]. Installs both into the
# virtual environment of compare.sh; Java comes with `scripts/install-packages bench`.
set -euo pipefail
cd "$(dirname "$0")"
if [ ! -x venv/bin/python ]; then
    echo "Installing Splink into $(pwd)/venv …"
    python3 -m venv venv
    venv/bin/pip install --quiet "splink==5.0.0" "recordlinkage==0.16" setuptools
fi
if ! venv/bin/python -c "import pyspark" 2>/dev/null; then
    echo "Installing Spark into $(pwd)/venv …"
    venv/bin/pip install --quiet "pyspark==4.3.0"
fi
venv/bin/python spark.py "$@"
