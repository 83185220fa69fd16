#!/usr/bin/env bash
# Fine-tunes on public data sets over several seeds and prints the mean test accuracy: benchmarks/accuracy/run.sh DATA MODEL [SEED ...]
#   DATA    mr or mrpc, prepared beside the checkout in ../shared/data
#   MODEL   mini, or a model's folder
# The reference figures use the same settings: 3 epochs, batch 32, learning rate 5e-5, 10 % warm-up, weight decay 0.01, clipping at 1.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -ge 2 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
data=$1 model=$2
shift 2
seeds=("$@")
[ ${#seeds[@]} -gt 0 ] || seeds=(1 2 3)
shared=../shared/data
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case $data in
    mr) columns=(--text text --label label) train=$shared/mr/split/train.tsv test=$shared/mr/split/test.tsv ;;
    mrpc) columns=(--text '#1 String' --text2 '#2 String' --label Quality) train=$work/train.tsv test=$work/test.tsv
        # The set's files are tab-separated, but named .txt.
        cp "$shared/mrpc/msr_paraphrase_train.txt" "$train"
        cp "$shared/mrpc/msr_paraphrase_test.txt" "$test" ;;
    *) echo "run.sh: unknown data set '$data' (mr, mrpc)" >&2; exit 2 ;;
esac
for seed in "${seeds[@]}"; do
    started=$SECONDS
    ./mlnetnlp train classification --train "$train" "${columns[@]}" --model "$model" --epochs 3 --batch-size 32 --learning-rate 5e-5 --warmup-ratio 0.1 \
        --max-length 128 --seed "$seed" --output "$work/model.zip" > "$work/log" || { tail -n 5 "$work/log" >&2; exit 1; }
    ./mlnetnlp evaluate --model "$work/model.zip" --data "$test" --metrics "$work/$seed.json" > /dev/null
    accuracy=$(sed -n 's/.*"microAccuracy": *\([0-9.]*\).*/\1/p' "$work/$seed.json" | head -n 1)
    echo "$data $(basename "$model") seed $seed: test accuracy $accuracy, $((SECONDS - started)) s"
    echo "$accuracy" >> "$work/all"
done
awk '{ s += $1; q += $1 * $1 } END { m = s / NR; printf("mean %.4f, sd %.4f over %d seeds\n", m, (NR > 1 ? sqrt((q - NR * m * m) / (NR - 1)) : 0), NR) }' "$work/all"
