"""Runs commands of gcloud against a stand-in for Compute Engine, and prints the rules that it has then.

usage: google.py [RULES] <COMMANDS

RULES is a JSON array of the rules that are there before. What is printed is the listing of gcloud itself;
each rule was read by the client library of Compute Engine, which refuses members that it does not know.
"""

import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading

from google.cloud.compute_v1.types import Firewall

rules = {rule["name"]: rule for rule in json.loads(sys.argv[1] if len(sys.argv) > 1 else "[]")}


class Compute(http.server.BaseHTTPRequestHandler):
    """The rules of one project: its answers are those of an operation that is done at once."""

    def rule(self):
        return self.path.split("?")[0].split("/firewalls/")[-1]

    def body(self):
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def do_GET(self):
        if self.path.split("?")[0].endswith("/firewalls"):
            self.answer({"kind": "compute#firewallList", "items": [self.shown(rule) for rule in rules.values()]})
        elif "/operations/" in self.path:
            self.answer(self.done(self.path.split("/")[-1].split("?")[0]))
        elif self.rule() in rules:
            self.answer(self.shown(rules[self.rule()]))
        else:
            self.answer({"error": {"code": 404, "message": "no such rule"}}, 404)

    def do_POST(self):
        if "/operations/" in self.path:
            return self.answer(self.done(self.path.split("/")[-2]))
        rule = self.body()
        rules[rule["name"]] = rule
        self.answer(self.done(rule["name"]))

    def do_PATCH(self):
        rules[self.rule()].update(self.body())
        self.answer(self.done(self.rule()))

    def project(self):
        return f"http://{self.headers['Host']}/compute/v1/projects/stand-in/global"

    def shown(self, rule):
        return rule | {"selfLink": f"{self.project()}/firewalls/{rule['name']}"}

    def done(self, rule):
        project = self.project()
        return {
            "kind": "compute#operation",
            "name": rule,
            "operationType": "insert" if self.command == "POST" else "patch",
            "status": "DONE",
            "selfLink": f"{project}/operations/{rule}",
            "targetLink": f"{project}/firewalls/{rule}",
        }

    def answer(self, value, status=200):
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Compute)
threading.Thread(target=server.serve_forever, daemon=True).start()
with tempfile.TemporaryDirectory() as config:
    env = dict(
        os.environ,
        CLOUDSDK_CONFIG=config,
        CLOUDSDK_AUTH_DISABLE_CREDENTIALS="true",
        CLOUDSDK_CORE_DISABLE_PROMPTS="1",
        CLOUDSDK_CORE_DISABLE_USAGE_REPORTING="true",
        CLOUDSDK_CORE_PROJECT="stand-in",
        CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK="true",
        CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE=f"http://127.0.0.1:{server.server_port}/compute/v1/",
    )
    commands = sys.stdin.read() + "\ngcloud compute firewall-rules list --format=json\n"
    shell = subprocess.run(
        ["sh", "-e", "-c", commands], env=env, stdout=subprocess.PIPE, timeout=120, check=False
    )
for rule in rules.values():
    Firewall.from_json(json.dumps(rule))
# What the commands print comes first, also as JSON or as a table.
sys.stdout.write(shell.stdout.decode()[shell.stdout.rfind(b"\n[\n") + 1 :])
sys.exit(shell.returncode)
