#!/usr/bin/env bash
# Wall time of a fresh process that opens a zip of the Mini model and predicts one text: benchmarks/startup/run.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-11}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
./mlnetnlp train classification --train datasets/reviews/reviews.train.tsv --text Text --label Label --max-steps 1 --seed 1 --output "$work/model.zip" > /dev/null
for ((run = 0; run <= runs; run++)); do
    start=$(date +%s%N)
    ./mlnetnlp predict --model "$work/model.zip" --text 'Not bad at all.' > /dev/null
    [ $run = 0 ] || echo $((($(date +%s%N) - start) / 1000000))
done | sort -n | awk '{ v[NR] = $1 } END { printf "process start to prediction, %d runs: min %d ms, median %d ms, max %d ms\n", NR, v[1], v[int((NR + 1) / 2)], v[NR] }'
