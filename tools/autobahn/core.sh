#!/usr/bin/env bash
# Judges the WebSocket client and `loadline serve` by the core cases (1 to 7, 9 and 10) of the Autobahn Testsuite.
#   tools/autobahn/core.sh KIT DRIVER LOADLINE [WORKDIR]
# KIT holds server.sh, which starts the suite's fuzzing server on a port and makes a Python 2.7 environment for it, wstest_local.py and
# verdict.py. DRIVER is the binary of this folder's crate, LOADLINE the main one. WORKDIR keeps the environment for the next time.
set -euo pipefail
kit=$(cd "$1" && pwd) driver=$(realpath "$2") loadline=$(realpath "$3")
work=${4:-$(mktemp -d)} port=9107
mkdir -p "$work"
work=$(cd "$work" && pwd)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true' EXIT

if ! "$kit/server.sh" "$work" "$port" core; then
  echo "the suite cannot be set up here"
  exit 77
fi
pids+=("$(cat "$work/pid")")
echo 'the client:'
"$driver" --non-strict 0 "ws://127.0.0.1:$port"

"$loadline" serve --port 0 >"$work/serve.log" 2>&1 &
pids+=($!)
for _ in $(seq 100); do grep -q listening "$work/serve.log" && break; sleep 0.1; done
url=$(sed -n 's|.*http://\([0-9.:]*\)/.*|ws://\1/ws/echo|p' "$work/serve.log")
cd "$work"
printf '{"outdir":"./reports-server","servers":[{"agent":"serve","url":"%s"}],"cases":["1.*","2.*","3.*","4.*","5.*","6.*","7.*","9.*","10.*"],"exclude-cases":[],"exclude-agent-cases":{}}\n' "$url" >client.json
echo 'the server:'
timeout 600 ./py2/bin/python "$kit/wstest_local.py" -m fuzzingclient -s client.json >client.log 2>&1
python3 "$kit/verdict.py" reports-server/index.json serve
