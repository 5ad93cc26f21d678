#!/usr/bin/env bash
# Makes src/DevCluster/Types/definitions.json anew, of what the test bed's kube-apiserver publishes. Needed only when the release of
# the test bed changes, or definitions.py does.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
assets=$("$here/../testbed/make.sh" | tail -n 1)
work=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; wait; rm -rf "$work"' EXIT

openssl genrsa -out "$work/sa.key" 2048 2> /dev/null
echo 'reader,reader,reader,system:masters' > "$work/tokens"
"$assets/etcd" --data-dir "$work/etcd" --listen-client-urls http://127.0.0.1:23790 --advertise-client-urls http://127.0.0.1:23790 \
  --listen-peer-urls http://127.0.0.1:23791 &> "$work/etcd.log" &
"$assets/kube-apiserver" --etcd-servers http://127.0.0.1:23790 --cert-dir "$work/certs" --bind-address 127.0.0.1 --secure-port 26443 \
  --service-cluster-ip-range 10.96.0.0/16 --service-account-issuer https://kubernetes.default.svc --token-auth-file "$work/tokens" \
  --service-account-key-file "$work/sa.key" --service-account-signing-key-file "$work/sa.key" &> "$work/apiserver.log" &

curl --silent --fail --insecure --retry 60 --retry-delay 1 --retry-all-errors --header 'Authorization: Bearer reader' \
  --output "$work/openapi.json" https://127.0.0.1:26443/openapi/v2
"$here/definitions.py" "$work/openapi.json" > "$here/../../src/DevCluster/Types/definitions.json"
