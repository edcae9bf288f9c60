"""Loads rules into the kernel, in a network namespace of their own, and tries who gets in.

    unshare -n nft.py RULES PORT SOURCE...

The answer is JSON on stdout: which sources connect to PORT, which to another port (`elsewhere`), and
how `nft` lists what the kernel has: all of it (`ruleset`), and set by set (`sets`). Whoever is shut out
is either refused or never answered.
"""

import fcntl
import json
import socket
import struct
import subprocess
import sys

rules, port, *sources = sys.argv[1:]
port = int(port)

# The only interface of a new namespace is down: SIOCGIFFLAGS, IFF_UP, SIOCSIFFLAGS.
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
    interface = struct.pack("16sH14x", b"lo", 0)
    flags = struct.unpack("16xH14x", fcntl.ioctl(control, 0x8913, interface))[0]
    fcntl.ioctl(control, 0x8914, struct.pack("16sH14x", b"lo", flags | 1))


def nft(*words):
    done = subprocess.run(["nft", *words], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"nft {' '.join(words)}: {done.stderr}")
    return done.stdout


# Twice, because rules are replaced: what was loaded is not loaded again beside itself.
nft("-c", "-f", rules)
nft("-f", rules)
nft("-f", rules)


def loopback(source):
    return "::1" if ":" in source else "127.0.0.1"


def connects(source, port):
    family = socket.AF_INET6 if ":" in source else socket.AF_INET
    with socket.socket(family) as client:
        client.settimeout(1)
        client.bind((source, 0))
        try:
            client.connect((loopback(source), port))
        except OSError:
            return False
        return True


servers = []
for host in sorted({loopback(source) for source in sources}):
    for number in port, port + 1:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        servers.append(socket.create_server((host, number), family=family))

ruleset = json.loads(nft("-j", "list", "ruleset"))
sets = [item["set"] for item in ruleset["nftables"] if "set" in item]
json.dump(
    {
        "admitted": [source for source in sources if connects(source, port)],
        "elsewhere": [source for source in sources if connects(source, port + 1)],
        "ruleset": ruleset,
        "sets": [
            json.loads(nft("-j", "list", "set", one["family"], one["table"], one["name"]))
            for one in sets
        ],
    },
    sys.stdout,
)
