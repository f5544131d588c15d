#!/usr/bin/env bash
# Installs into a virtual environment here what other people's programs are measured with: SciPy, statsforecast, python-docx, openpyxl.
set -euo pipefail
cd "$(dirname "$0")"
if [ ! -x venv/bin/python ]; then
    command -v python3 >/dev/null && python3 -c "import ensurepip" 2>/dev/null || {
        echo "Installing Python …"
        apt-get update -qq && apt-get install -y -qq python3 python3-venv >/dev/null
    }
    echo "Installing SciPy, statsforecast, python-docx and openpyxl into $(pwd)/venv …"
    python3 -m venv venv
    venv/bin/pip install --quiet "scipy==1.17.1" "statsforecast==2.1.1" "python-docx==1.2.0" "openpyxl==3.1.5"
fi
