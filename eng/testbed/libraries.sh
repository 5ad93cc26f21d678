# shellcheck shell=bash

# The libraries are run by the Debian suite's own Python, whose version the compiled modules are for.
make_python() {
  is_made python "$PYTHON_RECIPE" && return
  say "Python client: taking it from Debian's packages"
  local folder="$work/python.d"
  # shellcheck disable=SC2086
  unpack_package "$folder" $PYTHON_PACKAGES
  mv "$folder/usr/lib/python3/dist-packages" "$work/python"
  require_tools /usr/bin/python3:python3
  PYTHONPATH="$work/python" /usr/bin/python3 -c 'import kubernetes.dynamic' || die "the Python client does not load"
  publish python "$PYTHON_RECIPE" "$work/python"
}

make_node() {
  is_made node "$NODE_RECIPE" && return
  require_tools npm:npm node:nodejs
  say "Node client: taking the npm package $NODE_PACKAGE"
  mkdir -p "$work/node"
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work/node" "$NODE_PACKAGE" >"$work/npm.log" 2>&1 </dev/null ||
    { tail -n 20 "$work/npm.log" >&2; die "npm install $NODE_PACKAGE failed"; }
  publish node "$NODE_RECIPE" "$work/node"
}
