#!/usr/bin/env bash
# Measures single functions with BenchmarkDotNet: time and memory for each call.
#
#   ./bench/micro.sh --filter '*Planner*'
#   ./bench/micro.sh --list flat
#
# Takes the arguments of BenchmarkDotNet; without any it asks what to run. Results go to BenchmarkDotNet.Artifacts/ in the current folder.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
dotnet build "$here/Micro/Micro.csproj" --configuration Release --verbosity quiet --nologo -clp:ErrorsOnly >&2
exec dotnet "$here/Micro/bin/Release/net10.0/kubefed-micro.dll" "$@"
