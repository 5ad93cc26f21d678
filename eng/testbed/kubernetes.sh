# shellcheck shell=bash

make_kubernetes() {
  is_made kubernetes "$KUBERNETES_RECIPE" && return
  require_tools dpkg-source:dpkg-dev make:make rsync:rsync git:git
  say "Kubernetes $KUBERNETES_VERSION: fetching its sources and Go $GO_VERSION"
  unpack_package "$work/go" "golang-$GO_VERSION-go" "golang-$GO_VERSION-src"
  unpack_kubernetes
  say "Kubernetes $KUBERNETES_VERSION: compiling (about 6 minutes on 2 cores)"
  local started=$SECONDS
  compile_kubernetes
  say "Kubernetes $KUBERNETES_VERSION: compiled in $((SECONDS - started)) s"
  local out="$work/kubernetes/_output/bin" program
  for program in kube-apiserver kube-controller-manager; do
    [[ "$("$out/$program" --version)" == "Kubernetes $KUBERNETES_VERSION" ]] || die "$program does not say that it is $KUBERNETES_VERSION"
  done
  publish kubernetes "$KUBERNETES_RECIPE" "$(realpath "$out/kube-apiserver")" "$(realpath "$out/kube-controller-manager")"
}

# apt checks the sources by their hash, so that dpkg-source need not look at the maintainer's signature again.
unpack_kubernetes() {
  setup_apt
  mkdir -p "$work/source"
  (cd "$work/source" && private_apt source --download-only "kubernetes=$KUBERNETES_SOURCE")
  dpkg-source --no-check -x "$work"/source/kubernetes_*.dsc "$work/kubernetes" >"$work/unpack.log" 2>&1 ||
    { tail -n 20 "$work/unpack.log" >&2; die "could not unpack the sources of Kubernetes"; }
  rm -rf "$work/source"
}

compile_kubernetes() {
  mkdir -p "$work/kubernetes/.go/src/k8s.io" "$work/home" "$work/tmp"
  ln -s ../../.. "$work/kubernetes/.go/src/k8s.io/kubernetes"
  (
    cd "$work/kubernetes"
    env -u GOFLAGS -u GOROOT -u MAKEFLAGS -u MAKELEVEL \
      HOME="$work/home" TMPDIR="$work/tmp" GOCACHE="$work/gocache" \
      GOPATH="$work/kubernetes/.go" CGO_ENABLED=0 PATH="$work/go/usr/lib/go-$GO_VERSION/bin:$PATH" \
      make WHAT="cmd/kube-apiserver cmd/kube-controller-manager"
  ) >"$cache/kubernetes-build.log" 2>&1 </dev/null ||
    { tail -n 40 "$cache/kubernetes-build.log" >&2; die "compiling Kubernetes failed; the whole log: $cache/kubernetes-build.log"; }
}
