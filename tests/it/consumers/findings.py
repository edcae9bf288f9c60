"""Holds findings against the schema that is published for their format.

usage: findings.py sarif SCHEMA <document
       findings.py ocsf VERSION <events, one a line
"""

import json
import sys

import jsonschema

kind, which = sys.argv[1:]
if kind == "sarif":
    with open(which, encoding="utf-8") as file:
        schema = json.load(file)
    documents = [json.load(sys.stdin)]
else:
    from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema

    classes = OcsfJsonSchemaEmbedded(get_ocsf_schema(version=which))
    schema = classes.get_class_schema(class_name="detection_finding", profiles=[])
    documents = [json.loads(line) for line in sys.stdin]

validator = jsonschema.validators.validator_for(schema)(
    schema, format_checker=jsonschema.FormatChecker()
)
for document in documents:
    for error in validator.iter_errors(document):
        sys.exit(f"{error.json_path}: {error.message}")
    # The schema lets any type pass.
    if kind == "ocsf" and document["type_uid"] != document["class_uid"] * 100 + document["activity_id"]:
        sys.exit(f"type_uid {document['type_uid']} is not of class and activity")
print(len(documents))
