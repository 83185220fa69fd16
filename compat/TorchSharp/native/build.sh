#!/usr/bin/env bash
# Compiles the bridge: build.sh SOURCE OUTPUT. Only when OUTPUT is older than SOURCE or made for another libtorch; safe to run several times at once.
# LIBTORCH names an unpacked libtorch (its include/ and lib/); without it the system's is taken (Debian: apt-get install libtorch-dev g++).
set -euo pipefail
source=$1
output=$2

fail() {
    # The form that MSBuild reports as an error.
    echo "compat/TorchSharp : error TB$1: $2" >&2
    exit 1
}

mkdir -p "$(dirname "$output")"
exec 9>"$output.lock"
flock 9
# What the output was made for is kept beside it: a change of libtorch, or of its version, changes this text.
made_for="${LIBTORCH:-system} $(cat "${LIBTORCH:-/usr}/include/torch/csrc/api/include/torch/version.h" 2>/dev/null | cksum)"
if [[ "$output" -nt "$source" && "$output" -nt "${BASH_SOURCE[0]}" && "$(cat "$output.for" 2>/dev/null)" == "$made_for" ]]; then
    exit 0
fi

compiler=${CXX:-g++}
command -v "$compiler" >/dev/null || fail 0001 "the C++ compiler '$compiler' is not installed. On Debian: apt-get install g++ libtorch-dev"

flags=()
if [[ -n "${LIBTORCH:-}" ]]; then
    include=$LIBTORCH/include
    flags+=("-I$include" "-L$LIBTORCH/lib" "-Wl,-rpath,$LIBTORCH/lib")
    # Builds of libtorch for old Linux systems use the C++ library's old string type.
    grep -q __cxx11 "$LIBTORCH/lib/libc10.so" || flags+=(-D_GLIBCXX_USE_CXX11_ABI=0)
else
    include=/usr/include
fi
flags+=("-I$include/torch/csrc/api/include")
[[ -f "$include/ATen/core/Tensor.h" && -f "$include/torch/csrc/autograd/autograd.h" ]] ||
    fail 0002 "libtorch's headers are not under '$include'. On Debian: apt-get install libtorch-dev g++.\
 Elsewhere: set LIBTORCH to the folder of an unpacked libtorch."

temporary=$output.$$
trap 'rm -f "$temporary"' EXIT
# libtorch 2.x needs C++17; GCC 12 takes it for 1.13 too. libtorch_cpu and libc10 are all that the bridge calls.
"$compiler" -std=c++17 -O2 -Wall -shared -fPIC -fvisibility=default "$source" -o "$temporary" "${flags[@]}" -Wl,-rpath,'$ORIGIN' -ltorch_cpu -lc10 -ldl ||
    fail 0003 "'$compiler' could not compile $source (its output is above)."
# What libtorch itself needs; Interop/Native.cs says why.
library=${LIBTORCH:+$LIBTORCH/lib/libtorch_cpu.so}
library=${library:-$("$compiler" -print-file-name=libtorch_cpu.so)}
readelf -d "$library" 2>/dev/null | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' >"$output.needs" || true
mv -f "$temporary" "$output"
echo "$made_for" >"$output.for"
