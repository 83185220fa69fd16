#!/usr/bin/env bash
# Times a training step of the same classifier here and in Debian's python3-torch, in turn, in one run.
# Usage: benchmarks/train-step/run.sh [MODEL-FOLDER] [ROUNDS] [THREADS]
set -euo pipefail
cd "$(dirname "$0")/../.."
/usr/bin/python3 -c 'import torch' 2> /dev/null || { echo "run.sh: needs Debian's python3-torch" >&2; exit 1; }
program=$(ls -t artifacts/*/bin/TrainStep/release/TrainStep.dll 2> /dev/null | head -n 1)
[ -n "$program" ] || { echo "run.sh: run ./build.sh first" >&2; exit 1; }
# Debian's OpenBLAS and libgomp get in each other's way when waiting threads spin; both programs are spared that.
export OMP_WAIT_POLICY=passive
# OpenBLAS 0.3.21 takes its oldest kernels on processors that are newer than it. compat/TorchSharp sets this itself; the peer gets it too, so that
# both compute alike.
if grep -q avx512dq /proc/cpuinfo; then export OPENBLAS_CORETYPE=SkylakeX; elif grep -q avx2 /proc/cpuinfo; then export OPENBLAS_CORETYPE=Haswell; fi
exec /usr/bin/python3 benchmarks/train-step/compare.py "$program" "${1:-../shared/models/all-MiniLM-L6-v2}" "${2:-12}" "${3:-$(nproc)}"
