# shellcheck shell=bash
# Helpers of make.sh: messages, tools and a private apt that leaves the machine's own package sources alone.

say() {
  printf 'testbed: %s\n' "$*" >&2
}

die() {
  printf 'testbed: error: %s\n' "$*" >&2
  exit 1
}

# is_made STAMP RECIPE: true if the files of this stamp were made by this recipe.
is_made() {
  [[ -f "$assets/.$1" && "$(<"$assets/.$1")" == "$2" ]]
}

# publish STAMP RECIPE FILE...: moves finished files and folders into the assets folder, each in one step, and stamps them last.
publish() {
  local stamp=$1 recipe=$2 file
  shift 2
  mkdir -p "$assets"
  rm -f "$assets/.$stamp"
  for file in "$@"; do
    chmod 0755 "$file"
    [[ -d "$file" ]] && rm -rf "$assets/${file##*/}"
    mv -f "$file" "$assets/"
  done
  printf '%s\n' "$recipe" >"$work/stamp"
  mv -f "$work/stamp" "$assets/.$stamp"
}

# require_tools COMMAND:PACKAGE...: installs what is missing, which needs root.
require_tools() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
  done
  ((${#missing[@]})) || return 0
  ((EUID == 0)) || die "these Debian packages are needed and only root can install them: ${missing[*]}"
  say "installing ${missing[*]}"
  apt-get update -qq || die "apt-get update failed"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$work/install.log" 2>&1 </dev/null ||
    { tail -n 20 "$work/install.log" >&2; die "could not install ${missing[*]}"; }
}

# The address that this machine takes Debian from, out of its own apt configuration.
debian_mirror() {
  if [[ -n "${KUBEFED_DEBIAN_MIRROR:-}" ]]; then
    printf '%s\n' "$KUBEFED_DEBIAN_MIRROR"
    return
  fi
  local targets
  targets=$(apt-get indextargets --format '$(ORIGIN) $(RELEASE) $(REPO_URI)' 'Created-By: Packages' 'Component: main' | sort -u)
  awk -v codename="$VERSION_CODENAME" '
    $2 == codename && $1 == "Debian" { origin = $3 }
    $(NF - 1) == codename || $(NF - 1) == "stable" { any = any ? any : $NF }
    END { print origin ? origin : any }' <<<"$targets"
}

# Writes an apt configuration with its own sources, lists and cache below the work folder, so that neither root nor a change of the
# machine's package sources is needed.
setup_apt() {
  [[ -f "$work/apt/ready" ]] && return
  local mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg options=""
  mirror=$(debian_mirror)
  [[ -n "$mirror" ]] || die "apt is configured with no Debian mirror for $VERSION_CODENAME; name one in KUBEFED_DEBIAN_MIRROR"
  [[ -f "$keyring" ]] && options="[signed-by=$keyring] "
  mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial" "$work/apt/parts"
  {
    printf "deb ${options}%s %s main\n" "$mirror" "$ETCD_SUITE" "$mirror" "$GO_SUITE"
    printf "deb-src ${options}%s %s main\n" "$mirror" "$KUBERNETES_SUITE"
  } >"$work/apt/sources.list"
  cat >"$work/apt/apt.conf" <<CONF
Dir::Etc::sourcelist "$work/apt/sources.list";
Dir::Etc::sourceparts "$work/apt/parts";
Dir::Etc::preferencesparts "$work/apt/parts";
Dir::State::lists "$work/apt/lists";
Dir::Cache "$work/apt/cache";
APT::Sandbox::User "$(id -un)";
Acquire::Retries "3";
CONF
  say "reading the package lists of $ETCD_SUITE and $GO_SUITE"
  private_apt update -qq
  touch "$work/apt/ready"
}

private_apt() {
  APT_CONFIG="$work/apt/apt.conf" apt-get -q "$@" >"$work/apt.log" 2>&1 </dev/null ||
    { tail -n 20 "$work/apt.log" >&2; die "apt-get $1 failed"; }
}

# unpack_package FOLDER NAME...: downloads binary packages and unpacks them below FOLDER without installing them.
unpack_package() {
  local folder=$1 deb
  shift
  setup_apt
  mkdir -p "$folder" "$work/debs"
  (cd "$work/debs" && private_apt download "$@")
  for deb in "$work"/debs/*.deb; do
    dpkg -x "$deb" "$folder"
  done
  rm -rf "$work/debs"
}
