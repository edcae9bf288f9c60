"""Runs the shell script on stdin against a stand-in for AWS, with the words after the script's name.

    moto.py BIN-DIRECTORY...

The directories come first on the PATH.
"""

import os
import subprocess
import sys

from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
own = os.path.dirname(sys.executable)
env = dict(
    os.environ,
    PATH=os.pathsep.join([*sys.argv[1:], own, os.environ["PATH"]]),
    AWS_ENDPOINT_URL=f"http://{host}:{port}",
    AWS_ACCESS_KEY_ID="any",
    AWS_SECRET_ACCESS_KEY="any",
    AWS_DEFAULT_REGION="us-east-1",
    AWS_CONFIG_FILE="/dev/null",
    AWS_PAGER="",
)
code = subprocess.run(["sh", "-eu"], input=sys.stdin.buffer.read(), env=env, timeout=240).returncode
server.stop()
sys.exit(code)
