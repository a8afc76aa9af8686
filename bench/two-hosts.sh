#!/usr/bin/env bash
# Two worker hosts and one database, each in a network of its own: two network namespaces whose virtual cables end in a bridge.
# The database listens on the bridge's address; the hosts reach it, and nothing else, by the network.
# Needs Linux, root and iproute2. See docs/guides/two-hosts.md.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly bridge=andante0 subnet=10.213.77 hosts=(1 2)

clean_up() {
  trap - EXIT
  trap '' INT TERM
  if [[ -n ${run_pid:-} ]]; then
    kill -TERM "$run_pid" 2>/dev/null || true
    wait "$run_pid" 2>/dev/null || true
  fi
  for n in "${hosts[@]}"; do
    ip netns pids "andante-host-$n" 2>/dev/null | xargs -r kill -KILL
    ip link delete "andante-v$n" 2>/dev/null || true
    ip netns delete "andante-host-$n" 2>/dev/null || true
  done
  ip link delete "$bridge" 2>/dev/null || true
}

[[ $(id -u) == 0 ]] || { echo 'Run this as root: it makes network namespaces.' >&2; exit 1; }
command -v ip >/dev/null || { echo 'Install iproute2: it makes network namespaces.' >&2; exit 1; }
if ip link show "$bridge" >/dev/null 2>&1; then
  echo "There is a network $bridge already: is another run under way?" >&2
  exit 1
fi

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

ip link add "$bridge" type bridge
ip address add "$subnet.1/24" dev "$bridge"
ip link set "$bridge" up
for n in "${hosts[@]}"; do
  host="andante-host-$n"
  ip netns add "$host"
  ip link add "andante-v$n" type veth peer name eth0 netns "$host"
  ip link set "andante-v$n" master "$bridge" up
  ip -n "$host" address add "$subnet.1$n/24" dev eth0
  ip -n "$host" link set lo up
  ip -n "$host" link set eth0 up
done

node=node
[[ -x node_modules/node/bin/node ]] && node=node_modules/node/bin/node
"$node" --disable-warning=ExperimentalWarning bench/two-hosts.ts "$subnet.1" "$subnet.0/24" "${hosts[@]/#/andante-host-}" &
run_pid=$!
wait "$run_pid"
