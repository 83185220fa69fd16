#!/usr/bin/env bash
# Times a training step of the same classifier here and in Debian's python3-torch, in turn, in one run: benchmarks/train-step/run.sh [ROUNDS] [STEPS]
# Both processes stay up and are asked for STEPS steps in turn, so that a slow minute of the machine falls on both; the ratio is taken round by round.
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-7} steps=${2:-6}
/usr/bin/python3 -c 'import torch' 2> /dev/null || { echo "run.sh: needs Debian's python3-torch" >&2; exit 1; }
program=$(ls -t artifacts/*/bin/TrainStep/release/TrainStep.dll 2> /dev/null | head -n 1)
[ -n "$program" ] || { echo "run.sh: run ./build.sh first" >&2; exit 1; }
export OMP_WAIT_POLICY=passive

median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

echo "| batch x length | threads | here ms | Python ms | ratio, median (min to max) |"
echo "| --- | --- | --- | --- | --- |"
for shape in "32 32" "32 16" "16 64" "8 128"; do
    for threads in 1 2; do
        read -r batch length <<< "$shape"
        coproc OURS { exec dotnet exec "$program" "$batch" "$length" "$threads"; }
        ours_in=${OURS[1]} ours_out=${OURS[0]} ours_pid=$OURS_PID
        exec {peer_in}> >(exec /usr/bin/python3 benchmarks/train-step/peer.py "$batch" "$length" "$threads" > /tmp/train-step-peer.$$)
        until grep -q ready /tmp/train-step-peer.$$ 2> /dev/null; do sleep 0.2; done
        read -r _ <&"$ours_out"
        ours=() peer=() done_lines=1
        for ((round = 0; round < rounds; round++)); do
            echo "$steps" >&"$ours_in"
            read -r seconds <&"$ours_out"
            ours+=("$seconds")
            echo "$steps" >&"$peer_in"
            done_lines=$((done_lines + 1))
            until [ "$(wc -l < /tmp/train-step-peer.$$)" -ge $done_lines ]; do sleep 0.02; done
            peer+=("$(tail -n 1 /tmp/train-step-peer.$$)")
        done
        exec {peer_in}>&-
        eval "exec ${ours_in}>&-"
        wait "$ours_pid" || true
        rm -f /tmp/train-step-peer.$$
        ratios=$(paste <(printf '%s\n' "${ours[@]}") <(printf '%s\n' "${peer[@]}") | awk '{ printf "%.3f\n", $1 / $2 }')
        ms() { printf '%s\n' "$@" | median | awk -v n="$steps" '{ printf "%.0f", 1000 * $1 / n }'; }
        echo "| $batch x $length | $threads | $(ms "${ours[@]}") | $(ms "${peer[@]}") | $(echo "$ratios" | median) ($(echo "$ratios" | sort -n | head -n 1) to $(echo "$ratios" | sort -n | tail -n 1)) |"
    done
done
