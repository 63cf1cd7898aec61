#!/usr/bin/env bash
# How many requests a second a running Cairn answers, how long they take, and what processor time they cost it and its database.
#
#   benchmarks/requests.sh [MILLISECONDS] [PART OF A NAME ...]
#
# Starts the service on a directory of its own with the sample, and asks it from a second process at 1, 16 and 64 connections: each question for so long
# (10000), after half as long to warm up. Names are those of the first column; without any all are asked. CAIRN_THREADS=true tells the service's time by threads.
set -euo pipefail

millis=${1:-10000}
shift || true
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd -P)
java=$("$root/cairn" jdk)/bin/java
work=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$root/cairn" serve --data-dir "$work/data" --set server.port="$port" --set cairn.postgres.port=0 >"$work/log" 2>&1 &
service=$!
trap 'kill "$service" && wait "$service" || true; rm -rf "$work"' EXIT

until curl -s -m 10 "http://127.0.0.1:$port/graphql" -H 'Content-Type: application/json' -d '{"query": "{ analyze(input: { metrics: [{metric: {key: \"nps\"}}] timeRange: {between: {from: \"2026-01-01\", to: \"2026-07-01\"}} }) { records } }"}' | grep -q '"nps":'; do
    kill -0 "$service" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.2
done
"$java" -XX:+UseSerialGC -Dthreads="${CAIRN_THREADS:-false}" \
    "$root/benchmarks/src/test/java/dev/cairn/benchmarks/Requests.java" \
    "http://127.0.0.1:$port/graphql" "$service" "$(head -1 "$work/data/postgres/postmaster.pid")" "$millis" "$@"
