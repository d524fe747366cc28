#!/usr/bin/env bash
# Gets what the browser tests need and does nothing where it is there: Debian's Chromium, and axe-core for accessibility.
# Where one cannot be had the tests that need it are skipped, and say so; nothing here fails.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

found() { command -v "$1" >/dev/null 2>&1; }

if ! found chromium && ! found chromium-browser && ! found google-chrome; then
    if found apt-get && [ "$(id -u)" = 0 ]; then
        { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium; } \
            >/dev/null 2>&1 || echo "Chromium could not be installed; tests in a browser will be skipped."
    else
        echo "There is no Chromium here; tests in a browser will be skipped. On Debian: sudo apt-get install chromium"
    fi
fi

AXE=build/browser/node_modules/axe-core/axe.min.js
if [ ! -f "$AXE" ]; then
    if found npm; then
        mkdir -p build/browser
        npm install --silent --no-fund --no-audit --prefix build/browser axe-core@4 >/dev/null 2>&1 \
            || echo "axe-core could not be installed; the accessibility tests will be skipped."
    else
        echo "There is no npm here; the accessibility tests will be skipped. On Debian: sudo apt-get install npm"
    fi
fi
exit 0
