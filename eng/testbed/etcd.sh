# shellcheck shell=bash

make_etcd() {
  is_made etcd "$ETCD_RECIPE" && return
  say "etcd: taking it from Debian's package"
  unpack_package "$work/etcd" etcd-server
  "$work/etcd/usr/bin/etcd" --version >/dev/null || die "etcd does not run"
  publish etcd "$ETCD_RECIPE" "$work/etcd/usr/bin/etcd"
}
