#!/usr/bin/env bash
# How long Cairn takes from the command to the first correct answer, and how much processor time that costs.
#
#   benchmarks/start.sh [RUNS]
#
#   cold     serve on a data directory that is not there yet: makes the database, its tables and the sample
#   warm     serve on the same directory again
#   command  a command that opens the database and ends, on the same directory
#   help     a command that needs no database
#
# Prints each run and the medians. CPU is that of Cairn's own process, without PostgreSQL's.
set -euo pipefail

runs=${1:-5}
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd -P)
work=$(mktemp -d)
service=
stop() {
    [ -z "$service" ] || { kill "$service" && wait "$service" || true; } 2>/dev/null
    service=
}
trap 'stop; rm -rf "$work"' EXIT

question='{"query": "{ analyze(input: { metrics: [{metric: {key: \"nps\"}}] groupBy: [\"account.segment\"] timeRange: {between: {from: \"2026-01-01\", to: \"2026-07-01\"}} }) { records } }"}'
expected='"nps":10.81'
ticks=$(getconf CLK_TCK)

now() { date +%s%3N; }

# Milliseconds of processor time that process $1 has had.
cpu_of() { awk -v hz="$ticks" '{ sub(/.*\) /, ""); print int(($12 + $13) * 1000 / hz) }' "/proc/$1/stat"; }

# Starts the service on data directory $1, asks until the answer is right, prints "wall cpu", stops it.
serve() {
    local port begun
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    begun=$(now)
    "$root/cairn" serve --data-dir "$1" --set server.port="$port" --set cairn.postgres.port=0 >"$work/log" 2>&1 &
    service=$!
    until curl -s -m 10 "http://127.0.0.1:$port/graphql" -H 'Content-Type: application/json' -d "$question" | grep -qF "$expected"; do
        kill -0 "$service" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
        sleep 0.02
    done
    echo "$(($(now) - begun)) $(cpu_of "$service")"
    stop
}

# Runs Cairn with the arguments, prints "wall cpu".
run() {
    local TIMEFORMAT='%R %U %S'
    { time "$root/cairn" "$@" >"$work/log" 2>&1; } 2>&1 | awk '{ print int($1 * 1000), int(($2 + $3) * 1000) }'
}

# Runs the measurement $2... as often as asked, prints each and the medians under the name $1.
measure() {
    local name=$1 wall cpu
    shift
    for _ in $(seq "$runs"); do "$@"; done | tee "$work/runs" | awk -v name="$name" '{ printf "%-8s %6d ms  %6d ms CPU\n", name, $1, $2 }'
    wall=$(cut -d' ' -f1 "$work/runs" | sort -n | sed -n "$(((runs + 1) / 2))p")
    cpu=$(cut -d' ' -f2 "$work/runs" | sort -n | sed -n "$(((runs + 1) / 2))p")
    summary="$summary$(printf '%-8s %6d ms  %6d ms CPU' "$name" "$wall" "$cpu")"$'\n'
}

cold() {
    rm -rf "$work/cold"
    serve "$work/cold"
}

summary=
"$root/cairn" --version
echo "load $(cut -d' ' -f1-3 /proc/loadavg), $(nproc) cores"
serve "$work/data" >/dev/null
measure cold cold
measure warm serve "$work/data"
measure command run database --data-dir "$work/data" --set cairn.postgres.port=0
measure help run --help
printf '\nmedians of %d\n%s' "$runs" "$summary"
