#!/usr/bin/env bash
# ./build.sh         restore, build with warnings as errors, test, pack
# ./build.sh test    restore, build and test; the last line is "N passed, N failed"
# ./build.sh pack    restore, build and pack into artifacts/packages
# MongoDB is built where the packages that its driver needs are to be had: a trial restore finds out, and one line says it.
# WithMongoDB=true or WithMongoDB=false in the environment decides it beforehand.
# On a fresh Debian machine it installs what the tests need (as root), all but the .NET SDK.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

solution=SmartRateLimit.Generators.sln
configuration=Release
results=artifacts/test-results
cores=-m:2

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

require_sdk() {
    command -v dotnet > /dev/null ||
        fail "the .NET SDK is missing; install version 10.0.100 or newer from https://dotnet.microsoft.com/download and run this again."
    dotnet --version > /dev/null ||
        fail "no installed .NET SDK satisfies global.json (10.0.100 or newer); 'dotnet --list-sdks' shows what is there."
}

# The programs that tests run, and the Debian packages that bring them.
tools="chromium:chromium redis-server:redis-server redis-cli:redis-tools redis-sentinel:redis-sentinel gcc:gcc,libc6-dev,zlib1g-dev valgrind:valgrind"

install_tools() {
    local missing=() packages tool
    for tool in $tools; do
        IFS=, read -ra packages <<< "${tool##*:}"
        command -v "${tool%%:*}" > /dev/null || missing+=("${packages[@]}")
    done

    [ "${#missing[@]}" -gt 0 ] || return 0
    if [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
        say "Install ${missing[*]}"
        mkdir -p artifacts
        { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } \
            > artifacts/apt-get.log 2>&1 && return 0
        printf 'build.sh: apt-get could not install them; see artifacts/apt-get.log.\n' >&2
    fi

    printf 'build.sh: tests that need them will fail, those in a browser and those that count instructions be skipped (with CI=true: fail); install: apt-get install %s\n' "${missing[*]}" >&2
}

# The driver of MongoDB depends on packages that some feeds lack.
choose_mongodb() {
    local log=artifacts/restore-mongodb.log
    mkdir -p artifacts
    if [ -n "${WithMongoDB:-}" ]; then
        mongodb="MongoDB: as WithMongoDB=$WithMongoDB in the environment says"
    elif dotnet restore src/SmartRateLimit.MongoDB -p:WithMongoDB=true > "$log" 2>&1; then
        export WithMongoDB=true
        mongodb="MongoDB: built"
    else
        export WithMongoDB=false
        local lacking
        lacking=$(grep -oE "Unable to find package [A-Za-z0-9.]+" "$log" | sed 's/.* //; s/\.$//' | sort -u | paste -sd, | sed 's/,/, /g')
        mongodb="MongoDB: left out (src/SmartRateLimit.MongoDB, its package, its tests on a server), since this feed lacks ${lacking:-something, see $log}"
    fi

    say "$mongodb"
}

build() {
    choose_mongodb
    say "Restore"
    dotnet restore "$solution" $cores
    say "Build ($configuration, warnings are errors)"
    dotnet build "$solution" --no-restore --configuration "$configuration" $cores
}

# Adds up one counter over the result files of all test projects.
count() {
    local total=0 value
    while IFS= read -r value; do
        total=$((total + value))
    done < <(grep -ho "<Counters [^>]*" "$results"/*.trx | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p")
    printf '%s' "$total"
}

run_tests() {
    say "Test"
    rm -rf "$results"
    local status=0
    dotnet test "$solution" --no-build --configuration "$configuration" -m:1 \
        --logger "trx" --results-directory "$results" || status=$?

    local passed failed
    passed=$(count passed)
    failed=$(count failed)
    printf '%s\n' "$mongodb"
    if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
        printf '%s passed, %s failed\n' "$passed" 1
        fail "a test project stopped before it reported its results; see the output above."
    fi

    [ "$passed" -gt 0 ] || fail "no test was run."
    printf '%s passed, %s failed\n' "$passed" "$failed"
    return "$status"
}

pack() {
    say "Pack"
    rm -rf artifacts/packages
    dotnet pack "$solution" --no-build --configuration "$configuration" $cores
    ls artifacts/packages
}

require_sdk
case "${1:-all}" in
    all) install_tools; build; run_tests; pack ;;
    test) install_tools; build; run_tests ;;
    pack) build; pack ;;
    *) fail "unknown command '$1'; use ./build.sh, ./build.sh test or ./build.sh pack." ;;
esac
