"""Reads Terraform text on stdin as python-hcl2 does, and writes it as JSON."""

import json
import sys

import hcl2

json.dump(hcl2.loads(sys.stdin.read()), sys.stdout)
