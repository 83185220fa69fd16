# Sourced by build.sh: chooses where Microsoft.ML, its tokenizers and TorchSharp come from, says so, and installs what the stand-ins need.
# In:  root, ml, tokenizers, torch (what the command line asks for; empty: find out), probe.
# Out: ml_source, tokenizers_source, torch_source (nuget, folder or compat), net8 (true or false).

remembered=eng/Dependencies.local.props
probe_log=artifacts/probe

# Does the registry have the package? A registry that says no answers at once; one that cannot be reached must not hold up the build.
registry_has() {
    mkdir -p "$probe_log"
    timeout "${2:-60}" dotnet restore eng/probe/Probe.csproj -nologo -v:q "-p:Probe=$1" "-p:ArtifactsPath=$root/artifacts/probe/$1" > "$probe_log/$1.log" 2>&1
}

# TorchSharp's native library may need a newer C++ run-time library than the system has. Prints why, if it does.
native_misfit() {
    local library
    library=$(find "${NUGET_PACKAGES:-$HOME/.nuget/packages}/torchsharp" -path '*linux-x64*' -name 'libLibTorchSharp.so' 2> /dev/null | sort -V | tail -n 1)
    [ -n "$library" ] || return 0
    ldd "$library" 2>&1 | sed -n "s/.*version \`\([^']*\)' not found.*/\1/p" | sort -u | sed -n 1p
}

find_out() {
    local found_ml=compat found_tokenizers=compat found_torch=compat found_net8=false why='the registry lacks TorchSharp' needs
    echo "Looking for the packages (once) ..."
    if registry_has Microsoft.ML; then found_ml=nuget; fi
    # A registry that lacks one package may have the others; one that does not answer has none.
    if [ $found_ml = nuget ] || grep -qE 'NU11[0-9][0-9]' "$probe_log/Microsoft.ML.log"; then
        if registry_has Microsoft.ML.Tokenizers; then found_tokenizers=nuget; fi
        if registry_has net8.0; then found_net8=true; fi
        if [ "$(uname -sm)" = "Linux aarch64" ]; then why='TorchSharp has no native library for Linux on ARM'
        elif registry_has TorchSharp; then
            needs=$(native_misfit)
            if [ -n "$needs" ]; then why="TorchSharp's native library needs $needs, which this system's C++ library lacks"
            elif registry_has TorchSharp-cpu 900; then found_torch=nuget; why=''
            else why='the registry lacks libtorch'; fi
        fi
    else
        why='no package registry answers'
    fi
    cat > $remembered <<XML
<Project>
  <!-- Written by build.sh, and anew when asked with its option 'probe'. -->
  <PropertyGroup>
    <MicrosoftMLSource Condition="'\$(MicrosoftMLSource)' == '' and '\$(MicrosoftMLPath)' == ''">$found_ml</MicrosoftMLSource>
    <TokenizersSource Condition="'\$(TokenizersSource)' == ''">$found_tokenizers</TokenizersSource>
    <TorchSharpSource Condition="'\$(TorchSharpSource)' == '' and '\$(TorchSharpPath)' == ''">$found_torch</TorchSharpSource>
    <BuildNet8 Condition="'\$(BuildNet8)' == ''">$found_net8</BuildNet8>
    <DependencyReason>$why</DependencyReason>
  </PropertyGroup>
</Project>
XML
}

recall() { sed -n "s/.*<$1[^>]*>\(.*\)<\/$1>.*/\1/p" $remembered; }

source_of() { # asked, remembered
    case $1 in
        '') echo "$2" ;;
        nuget | compat) echo "$1" ;;
        *) [ -d "$1" ] || { echo "build.sh: '$1' is not nuget, compat or a folder" >&2; return 2; }
           echo folder ;;
    esac
}

install_packages() {
    local as_root=''
    [ "$(id -u)" = 0 ] || as_root=sudo
    echo "Installing $* ..."
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@" > /dev/null
}

install_libtorch() {
    local header=torch/csrc/api/include/torch/torch.h missing=()
    [ -n "${LIBTORCH:-}" ] || [ -e /usr/include/$header ] || missing+=(libtorch-dev)
    command -v g++ > /dev/null || missing+=(g++)
    # Debian's libtorch is content with the reference BLAS, which makes a training step 20 times as long. It works without OpenBLAS, so no apt is no error.
    if [ -z "${LIBTORCH:-}" ] && command -v apt-get > /dev/null && [[ "$(/sbin/ldconfig -p)" != *libopenblas.so.0* ]]; then
        [ ${#missing[@]} -gt 0 ] || { install_packages libopenblas0-pthread || echo 'build.sh: without OpenBLAS (libopenblas0-pthread) training is slow' >&2; return 0; }
        missing+=(libopenblas0-pthread)
    fi
    [ ${#missing[@]} -gt 0 ] || return 0
    command -v apt-get > /dev/null || { echo "build.sh: compat/TorchSharp needs libtorch with its headers (set LIBTORCH to its folder) and g++; missing: ${missing[*]}" >&2; return 1; }
    install_packages "${missing[@]}"
}

choose_dependencies() {
    if [ -z "$ml" ] || [ -z "$tokenizers" ] || [ -z "$torch" ]; then
        if $probe || [ ! -e $remembered ] || [ Directory.Packages.props -nt $remembered ]; then find_out; fi
    fi
    ml_source=$(source_of "$ml" "$([ -e $remembered ] && recall MicrosoftMLSource)")
    tokenizers_source=$(source_of "$tokenizers" "$([ -e $remembered ] && recall TokenizersSource)")
    torch_source=$(source_of "$torch" "$([ -e $remembered ] && recall TorchSharpSource)")
    net8=false
    if [ -e $remembered ]; then net8=$(recall BuildNet8); fi
    local reason=''
    if [ -z "$torch" ]; then reason=$(recall DependencyReason); fi
    if [ "$ml_source" = folder ]; then ml=$(cd "$ml" && pwd); fi
    if [ "$torch_source" = folder ]; then torch=$(cd "$torch" && pwd); fi
    echo "Microsoft.ML: $ml_source. Microsoft.ML.Tokenizers: $tokenizers_source. TorchSharp: $torch_source${reason:+ ($reason)}."
    if [ "$torch_source" = compat ]; then install_libtorch; fi
}
