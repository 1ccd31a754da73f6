# Sourced by Scripts/check, Scripts/test and .ci/run: runs named parts, goes on after a failure, sums up.

failed=()
summary=()

# part NAME COMMAND…: runs the command, shows how long it took and remembers whether it failed.
part() {
  local name=$1 start=$SECONDS result=ok
  shift
  printf '== %s\n' "$name"
  "$@" </dev/null || { result="FAILED"; failed+=("$name"); }
  summary+=("$(printf '%-6s %4d s  %s' "$result" $((SECONDS - start)) "$name")")
}

# Prints a line for every part; the exit status says whether all went well.
finish() {
  printf '\n'
  printf '%s\n' "${summary[@]}"
  if [ ${#failed[@]} -gt 0 ]; then
    printf '%d of %d failed\n' ${#failed[@]} ${#summary[@]}
    return 1
  fi
  printf 'all %d passed\n' ${#summary[@]}
}
