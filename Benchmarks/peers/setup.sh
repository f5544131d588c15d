#!/usr/bin/env bash
# Installs into a virtual environment here what other people's programs are measured with: SciPy, statsforecast, python-docx, openpyxl, calamine.
set -euo pipefail
cd "$(dirname "$0")"
wanted="scipy==1.17.1 statsforecast==2.1.1 python-docx==1.2.0 openpyxl==3.1.5 python-calamine==0.9.1"
if [ ! -x venv/bin/python ] || [ "$(cat venv/wanted 2>/dev/null)" != "$wanted" ]; then
    command -v python3 >/dev/null && python3 -c "import ensurepip" 2>/dev/null || {
        echo "Installing Python …"
        apt-get update -qq && apt-get install -y -qq python3 python3-venv >/dev/null
    }
    echo "Installing $wanted into $(pwd)/venv …"
    python3 -m venv venv
    # shellcheck disable=SC2086  # several packages
    venv/bin/pip install --quiet $wanted
    echo "$wanted" >venv/wanted
fi
