# Sets CHROMIUM to a Chromium on this machine, installing one if need be; empty if none can be had.
# Without windows first: the same engine, which opens pages faster.
find_chromium() {
    command -v chromium-headless-shell || command -v chromium || command -v chromium-browser ||
        command -v google-chrome || command -v google-chrome-stable
}

install_chromium() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        apt-get install -y -qq chromium-headless-shell || apt-get install -y -qq chromium
    fi
}

CHROMIUM=$(find_chromium) || { install_chromium >/dev/null 2>&1; CHROMIUM=$(find_chromium); }
export CHROMIUM
if [ -z "$CHROMIUM" ]; then
    echo "No Chromium on this machine and none could be installed: the browser tests were left out."
    [ "$CI" != true ]
fi
