#!/bin/sh
# Everything `make test` does: the browser through the system's packages where that is allowed, warm kernels once, the suite.
set -eu
: "${PYTHON:=.venv/bin/python}"
if ! command -v chromium >/dev/null 2>&1 && ! command -v chromium-browser >/dev/null 2>&1 && ! command -v google-chrome >/dev/null 2>&1; then
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the browser tests"
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core) >/tmp/allied-ssa-apt.log 2>&1 \
      || echo "Chromium could not be installed (see /tmp/allied-ssa-apt.log); browser tests will be skipped, or fail in CI"
  fi
fi
if ! command -v node >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing Node for the checks of the page's modules"
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs) >>/tmp/allied-ssa-apt.log 2>&1 \
    || echo "Node could not be installed (see /tmp/allied-ssa-apt.log); those checks will be skipped"
fi
"$PYTHON" -m api.command_line warmup
exec "$PYTHON" -m pytest "$@"
