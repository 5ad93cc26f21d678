#!/usr/bin/env bash
# One entry for everything that is done with the source tree; build.cake holds the steps.
#
#   ./build.sh playground [FLAG...]   run a whole federation in one process; --help lists the flags
#   ./build.sh playground down        end one that was started with --detach
#   ./build.sh build                  compile everything
#   ./build.sh test                   check the format, compile, run all tests; the last line is "N passed, N failed, N skipped"
#   ./build.sh test --project=NAME    only test/NAME; --filter=EXPRESSION narrows further, as with dotnet test
#   ./build.sh format                 rewrite sources into the project's format
#   ./build.sh bench [ARGUMENT...]    measure propagation (bench/scale.sh)
#   ./build.sh publish                put the programs into artifacts/publish
#   ./build.sh image                  put the programs' container images, as archives for "docker load", into artifacts/images
#   ./build.sh chart                  put the Helm chart into artifacts/charts
#   ./build.sh testbed                make the programs that the tests' real clusters consist of, once
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v dotnet >/dev/null; then
  echo "build.sh: error: no 'dotnet' on PATH; install the .NET SDK that global.json names" >&2
  exit 1
fi

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
[[ -t 1 ]] || export NO_COLOR=1
target=${1:-}
case "$target" in
  playground)
    shift
    program=src/Hyperfed/bin/Release/net10.0/hyperfed.dll
    # What runs in the background is not to be built anew under its feet.
    if [[ "${1:-}" != down || ! -f "$program" ]]; then
      echo "Building ..." >&2
      log=$(dotnet build src/Hyperfed --configuration Release --verbosity quiet --nologo -clp:ErrorsOnly 2>&1) || { echo "$log" >&2; exit 1; }
    fi
    export KUBEFED_PLAYGROUND_COMMAND="./build.sh playground"
    exec dotnet "$program" playground "$@"
    ;;
  build | test | format | bench | publish | image | chart | testbed) shift ;;
  *)
    sed -n 's/^#   //p' "${BASH_SOURCE[0]}" >&2
    exit 2
    ;;
esac

summary=artifacts/test/summary.txt
rm -f "$summary"
dotnet tool restore --verbosity quiet >/dev/null || { echo "build.sh: error: dotnet tool restore failed" >&2; exit 1; }
status=0
dotnet cake build.cake --verbosity=normal --target="$target" "$@" || status=$?

# Cake prints a report of its own at the end; the tests' one line has to come after it.
if [[ "$target" == test ]]; then
  if [[ -s "$summary" ]]; then
    cat "$summary"
  else
    echo "build.sh: error: stopped before any test ran" >&2
    exit "$((status ? status : 1))"
  fi
fi
exit "$status"
