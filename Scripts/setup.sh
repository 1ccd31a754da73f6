# What the machine must have to build and run funsearch, and the build itself.
#
# Sourced by ./funsearch, Scripts/test, Scripts/check and Scripts/install, which set `root` to the checkout.
# Says everything on stderr, so that stdout stays the program's. Works in the bash 3.2 of macOS.
#
#   FUNSEARCH_PYTHON      the Python that runs programs; else python3 on PATH
#   FUNSEARCH_NO_INSTALL  when not empty, nothing is installed: the commands are printed instead

swift_needed=6.2
python_needed=3.9

say() { printf 'funsearch: %s\n' "$*" >&2; }

is_root() { [ "$EUID" -eq 0 ]; }
is_macos() { [[ $OSTYPE == darwin* ]]; }
has_terminal() { [ -t 0 ] && [ -t 2 ]; }

# --- What is there ---

# Sets `swift` to the toolchain's driver; fails with where to get one, for no package manager has it.
check_swift() {
  local version
  if ! swift=$(command -v swift); then
    say "no Swift toolchain on PATH. Install Swift $swift_needed or newer: https://www.swift.org/install"
    say "If it is installed, put the folder of its 'swift' on PATH."
    return 1
  fi
  version=$("$swift" --version 2>&1) || true
  if ! [[ $version =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]]; then
    say "$swift does not run; 'swift --version' said: $version"
    say "Reinstall Swift $swift_needed or newer: https://www.swift.org/install"
    return 1
  fi
  if ! is_at_least "${BASH_REMATCH[1]}.${BASH_REMATCH[2]}" "$swift_needed"; then
    say "$swift is Swift ${BASH_REMATCH[1]}.${BASH_REMATCH[2]}, older than $swift_needed." \
      "Install a newer one: https://www.swift.org/install"
    return 1
  fi
}

# is_at_least 6.10 6.2: compares two numbers of two parts.
is_at_least() {
  local have=${1%%.*} want=${2%%.*}
  [ "$have" -gt "$want" ] || { [ "$have" -eq "$want" ] && [ "${1#*.}" -ge "${2#*.}" ]; }
}

python_command() { printf '%s' "${FUNSEARCH_PYTHON:-python3}"; }

# Fails, saying why, unless the chosen Python runs and is new enough.
check_python() {
  local python version advice
  python=$(python_command)
  advice="Install Python $python_needed or newer, or name one: FUNSEARCH_PYTHON=/path/to/python3"
  if ! command -v "$python" >/dev/null; then
    say "there is no Python '$python'. $advice"
    return 1
  fi
  if ! version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>&1 </dev/null); then
    say "Python '$python' does not run: $version"
    say "$advice"
    return 1
  fi
  if ! is_at_least "$version" "$python_needed"; then
    say "Python '$python' is version $version, older than $python_needed. $advice"
    return 1
  fi
}

# links LANGUAGE LIBRARIES < source: whether the C compiler that Swift uses can build the program.
links() {
  local compiler=${swift%/*}/clang language=$1 output status=0
  shift
  [ -x "$compiler" ] || compiler=$(command -v clang || command -v cc) || return 1
  output=$root/.build/funsearch-probe.$$
  "$compiler" -x "$language" - "$@" -o "$output" >/dev/null 2>&1 || status=1
  rm -f "$output"
  return $status
}

has_compiler() {
  printf '#include <cstdlib>\n#include <string>\nint main() { return 0; }\n' | links c++ -lstdc++
}

has_sqlite() {
  printf '#include <sqlite3.h>\nint main() { return !sqlite3_libversion(); }\n' | links c -lsqlite3
}

# Prints the names of what is missing and can be installed, one a line.
missing_required() {
  command -v git >/dev/null || echo git
  [ -n "${FUNSEARCH_PYTHON:-}" ] || command -v python3 >/dev/null || echo python
  is_macos && return
  has_compiler || echo compiler
  has_sqlite || echo sqlite
}

has_numpy() { "$(python_command)" -c 'import numpy' >/dev/null 2>&1 </dev/null; }

# The system's packages serve the system's own Python alone.
is_system_python() {
  [ "$("$(python_command)" -c 'import sys; print(sys.prefix)' 2>/dev/null </dev/null)" = /usr ]
}

missing_optional() {
  is_macos || command -v bwrap >/dev/null || echo bubblewrap
  has_numpy || ! is_system_python || echo numpy
}

# --- Getting what is missing ---

# Sets `manager` to the system's package manager, or to nothing.
find_package_manager() {
  for manager in apt-get dnf pacman zypper apk brew; do
    command -v $manager >/dev/null && return
  done
  manager=
}

# packages THING…: the names `manager` knows them by.
packages() {
  local thing names=
  for thing in "$@"; do
    case $manager:$thing in
      apt-get:compiler) names+=" gcc g++ libc6-dev" ;;
      dnf:compiler | zypper:compiler) names+=" gcc gcc-c++ glibc-devel" ;;
      apk:compiler) names+=" build-base" ;;
      *:compiler) names+=" gcc" ;;
      apt-get:sqlite) names+=" libsqlite3-dev" ;;
      dnf:sqlite) names+=" sqlite-devel" ;;
      zypper:sqlite) names+=" sqlite3-devel" ;;
      apk:sqlite) names+=" sqlite-dev" ;;
      pacman:python) names+=" python" ;;
      apt-get:numpy | dnf:numpy | zypper:numpy) names+=" python3-numpy" ;;
      pacman:numpy) names+=" python-numpy" ;;
      apk:numpy) names+=" py3-numpy" ;;
      *:python) names+=" python3" ;;
      *) names+=" $thing" ;;
    esac
  done
  printf '%s' "${names# }"
}

# install_commands PREFIX PACKAGES: the shell commands that install them, each after PREFIX ("sudo ").
install_commands() {
  case $manager in
    apt-get) printf '%s' "$1apt-get update && $1apt-get install -y --no-install-recommends $2" ;;
    dnf) printf '%s' "$1dnf install -y $2" ;;
    pacman) printf '%s' "$1pacman -S --noconfirm --needed $2" ;;
    zypper) printf '%s' "$1zypper --non-interactive install $2" ;;
    apk) printf '%s' "$1apk add $2" ;;
    brew) printf '%s' "brew install $2" ;;
  esac
}

# install required|optional THING…: installs them if that is possible, else prints the command and fails.
# Only what is required may ask for a password.
install() {
  local need=$1 names prefix
  shift
  find_package_manager
  if [ -z "$manager" ]; then
    say "missing: $*. No package manager that funsearch knows is here; please install it (with headers)."
    return 1
  fi
  names=$(packages "$@")
  if [ -n "${FUNSEARCH_NO_INSTALL:-}" ]; then
    prefix=
  elif is_root || [ "$manager" = brew ]; then
    run_install "" "$names" && return
    prefix=
  elif ! command -v sudo >/dev/null; then
    prefix=
  elif sudo -n true 2>/dev/null || { [ "$need" = required ] && has_terminal; }; then
    run_install "sudo " "$names" && return
    prefix="sudo "
  else
    prefix="sudo "
  fi
  if [ -z "$prefix" ] && ! is_root && [ "$manager" != brew ]; then
    say "missing: $*. Run this as root, then try again:"
  else
    say "missing: $*. Run this, then try again:"
  fi
  say "    $(install_commands "$prefix" "$names")"
  return 1
}

# Runs the commands of install_commands, having said so; shows what they print only if they fail.
run_install() {
  local commands log=$root/.build/funsearch-install.log
  commands=$(install_commands "$1" "$2")
  say "installing what is missing: $commands"
  if ! DEBIAN_FRONTEND=noninteractive bash -c "$commands" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    say "that failed."
    return 1
  fi
}

# --- The whole ---

# Makes sure of all that is needed. Quick when nothing about the machine changed since the last time.
set_up() {
  local stamp=$root/.build/funsearch-setup known_path= known_python= known_swift= missing
  if [ -r "$stamp" ]; then
    { read -r known_path && read -r known_python && read -r known_swift; } <"$stamp" || true
    if [ "$known_path" = "$PATH" ] && [ "$known_python" = "${FUNSEARCH_PYTHON:-}" ] &&
      [ -x "$known_swift" ]; then
      swift=$known_swift
      return
    fi
  fi
  if ! mkdir -p "$root/.build" || ! [ -w "$root/.build" ]; then
    say "cannot write to $root/.build, where the build goes"
    return 1
  fi
  check_swift || return 1
  missing=$(missing_required)
  if [ -n "$missing" ]; then
    # Names hold no spaces: one word each.
    install required $missing || return 1
    hash -r
    missing=$(missing_required)
    if [ -n "$missing" ]; then
      say "still missing after installing:" $missing
      return 1
    fi
  fi
  check_python || return 1
  missing=$(missing_optional)
  if [ -n "$missing" ] && ! install optional $missing; then
    say "going on without" $missing "('funsearch doctor' tells): without bubblewrap programs are isolated" \
      "by other means, without numpy large problems are slower."
  fi
  printf '%s\n' "$PATH" "${FUNSEARCH_PYTHON:-}" "$swift" >"$stamp"
}

# One line for everything the build depends on: name, size, times of change. One process, a few milliseconds.
sources_listing() {
  local -a places=("$swift" "$root/Package.swift" "$root/Sources")
  if is_macos; then
    find -H "${places[@]}" -exec stat -f '%N %z %Fm %Fc' {} +
  else
    find -H "${places[@]}" -printf '%P %s %T@ %C@\n'
  fi
}

# build NAME SCRATCH ARGUMENTS…: builds the product in release mode if sources changed since it was last built
# in that scratch folder. One at a time, where the system has flock.
build() {
  local name=$1 scratch=$2
  shift 2
  is_built "$scratch" && return
  mkdir -p "$scratch" || return 1
  (
    if command -v flock >/dev/null; then flock 9; fi
    is_built "$scratch" || compile "$name" "$scratch" "$@"
  ) 9>"$scratch/funsearch-build.lock"
}

is_built() {
  local stamp=$1/funsearch-sources known=
  [ -x "$1/release/funsearch" ] && [ -r "$stamp" ] || return 1
  IFS= read -r -d '' known <"$stamp" || true
  [ "$known" = "$(sources_listing)"$'\n' ]
}

compile() {
  local name=$1 scratch=$2 log=$2/funsearch-build.log listing line
  local -a command=("$swift" build --package-path "$root" --scratch-path "$scratch" -c release)
  command+=(--product funsearch)
  shift 2
  listing=$(sources_listing)
  say "building $name (the first time takes some minutes) …"
  # The lock must not live on in processes that the build leaves behind, hence 9>&-.
  if [ -t 2 ]; then
    "${command[@]}" "$@" 2>&1 9>&- </dev/null | while IFS= read -r line; do
      printf '%s\n' "$line" >&3
      printf '\r\033[K%.70s' "$line" >&2
    done 3>"$log"
    local status=${PIPESTATUS[0]}
    printf '\r\033[K' >&2
  else
    local status=0
    "${command[@]}" "$@" >"$log" 2>&1 9>&- </dev/null || status=$?
  fi
  if [ "$status" -ne 0 ]; then
    cat "$log" >&2
    say "the build failed (above); its log is $log"
    return 1
  fi
  printf '%s\n' "$listing" >"$scratch/funsearch-sources"
}
