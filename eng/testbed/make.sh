#!/usr/bin/env bash
# Makes the programs that the tests' real clusters consist of - etcd, kube-apiserver, kube-controller-manager, kubectl, helm - and
# the other clients that play against our servers once, and keeps them outside of the repository. The last line of its output, alone on stdout, is the folder; it serves as KUBEBUILDER_ASSETS.
#
# usage: make.sh [--print]    --print only tells the folder, made or not
#
#   KUBEFED_TESTBED         where to keep it; default ${XDG_CACHE_HOME:-$HOME/.cache}/kubefed-testbed
#   KUBEFED_DEBIAN_MIRROR   a Debian mirror; default the one that this machine's apt is configured with
#
# What is there already is not made again. A run that was cut short leaves nothing that the next one takes for finished. Two runs at once
# take turns.
set -euo pipefail
shopt -s inherit_errexit

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${KUBEFED_TESTBED:-${XDG_CACHE_HOME:-$HOME/.cache}/kubefed-testbed}
assets=$cache/assets
work=$cache/work

for part in versions lib etcd clients libraries kubernetes; do
  # shellcheck source=/dev/null
  source "$here/$part.sh"
done

check_machine() {
  [[ -r /etc/os-release ]] || die "this is not Debian: set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver and kubectl instead"
  # shellcheck source=/dev/null
  source /etc/os-release
  [[ "${ID:-}" == debian ]] ||
    die "this is ${PRETTY_NAME:-no Debian}: the test bed is made from Debian's packages. Set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver and kubectl instead"
  [[ "$(uname -m)" == x86_64 ]] || die "the clients are published for x86_64, this is $(uname -m): set KUBEBUILDER_ASSETS instead"
  VERSION_CODENAME=${VERSION_CODENAME:-$KUBERNETES_SUITE}
  local free
  free=$(df --output=avail -BM "$cache" | tail -n 1 | tr -dc '0-9')
  ((free >= 4000)) || die "$cache has $free MB free; making the test bed takes up to 4000 MB for a while"
}

is_complete() {
  is_made etcd "$ETCD_RECIPE" && is_made clients "$CLIENTS_RECIPE" && is_made kubectl-1.20 "$KUBECTL_1_20_RECIPE" &&
    is_made kubectl-1.32 "$KUBECTL_1_32_RECIPE" && is_made python "$PYTHON_RECIPE" && is_made node "$NODE_RECIPE" &&
    is_made kubernetes "$KUBERNETES_RECIPE"
}

make_all() {
  mkdir -p "$cache"
  exec 9>"$cache/.lock"
  if ! flock --nonblock 9; then
    say "another run is making it; waiting for that one"
    flock 9
  fi
  is_complete && return
  check_machine
  rm -rf "$work"
  mkdir -p "$work"
  trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM
  # Without lists of its own a fresh machine can neither install tools nor tell which of its sources is Debian.
  if ((EUID == 0)); then apt-get update -qq </dev/null >"$work/update.log" 2>&1 || say "apt-get update failed, going on with what is known"; fi
  make_etcd
  make_clients
  make_kubectl_1_20
  make_kubectl_1_32
  make_python
  make_node
  make_kubernetes
}

if [[ "${1:-}" != --print ]]; then
  is_complete || make_all
  say "ready in $assets"
fi
printf '%s\n' "$assets"
