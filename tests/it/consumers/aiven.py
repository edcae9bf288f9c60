"""Runs commands of avn against a stand-in for Aiven, and prints the service that it has then.

usage: aiven.py [IP_FILTER] <COMMANDS

IP_FILTER is the JSON array that is there before. What is printed is what `avn service get --json` prints;
the filter was checked as Aiven's own schema describes it.
"""

import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading

import jsonschema

ENTRY = {
    "type": ["string", "object"],
    "maxLength": 43,
    "required": ["network"],
    "properties": {
        "network": {"type": "string", "maxLength": 43},
        "description": {"type": "string", "maxLength": 1024},
    },
}
# Titles are what the command line shows of it.
FILTER = {"title": "IP filter", "type": "array", "maxItems": 8000, "items": ENTRY}
SCHEMA = {"type": "object", "additionalProperties": False, "properties": {"ip_filter": FILTER}}

service = {
    "service_name": "kafka",
    "service_type": "kafka",
    "plan": "business-4",
    "state": "RUNNING",
    "user_config": {"ip_filter": json.loads(sys.argv[1] if len(sys.argv) > 1 else '["0.0.0.0/0"]')},
}


class Aiven(http.server.BaseHTTPRequestHandler):
    """The service `kafka` of the project `shop`."""

    def do_GET(self):
        if self.path == "/v1/project/shop/service/kafka":
            self.answer({"service": service})
        elif self.path == "/v1/project/shop/service-types/kafka":
            self.answer({"user_config_schema": SCHEMA})
        else:
            self.answer({"message": f"no {self.path}"}, 404)

    def do_PUT(self):
        config = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["user_config"]
        try:
            jsonschema.validate(config, SCHEMA)
        except jsonschema.ValidationError as error:
            return self.answer({"message": error.message}, 400)
        service["user_config"].update(config)
        self.answer({"service": service})

    def answer(self, value, status=200):
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Aiven)
threading.Thread(target=server.serve_forever, daemon=True).start()
with tempfile.TemporaryDirectory() as config:
    env = dict(
        os.environ,
        PATH=os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]),
        AIVEN_WEB_URL=f"http://127.0.0.1:{server.server_port}",
        AIVEN_AUTH_TOKEN="token",
        AIVEN_CONFIG_DIR=config,
    )

    def shell(commands, **other):
        return subprocess.run(["sh", "-e", "-c", commands], env=env, timeout=60, check=True, **other)

    try:
        shell(sys.stdin.read(), stdout=subprocess.DEVNULL)
        shell("avn service get kafka --project shop --json")
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
