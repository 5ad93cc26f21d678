#!/usr/bin/env bash
# Measures how fast and at what cost objects reach real member clusters, beside what the clusters' API servers can take;
# or our API server beside kube-apiserver, both on one etcd.
#
#   ./bench/scale.sh --apiserver [--quick]
#   ./bench/scale.sh --objects N --members M [--type configmaps|deployments.apps] [--namespaces K] [--json FILE]
#
# Prints the result to standard output as Markdown, progress to standard error; --help lists all flags.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
dotnet build "$here/Scale/Scale.csproj" --configuration Release --verbosity quiet --nologo -clp:ErrorsOnly >&2
if [[ " $* " == *" --apiserver "* ]]; then
  measured=FederationApiServer folder=apiserver
else
  measured=FederationControllerManager folder=controller-manager
fi
# As in its image: compiled ahead of time.
dotnet publish "$here/../src/$measured" --configuration Release --output "$here/Scale/bin/$folder" \
  --runtime "$(dotnet --info | sed -n 's/^ *RID: *//p')" --self-contained false --verbosity quiet --nologo -clp:ErrorsOnly >&2
exec dotnet "$here/Scale/bin/Release/net10.0/kubefed-scale.dll" "$@"
