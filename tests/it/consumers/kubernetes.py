"""Checks a manifest, in YAML on stdin, as a cluster would.

    kubernetes.py                  a resource of Kubernetes' own, misspelt fields refused
    kubernetes.py DEFINITION       a resource that is defined by this file, likewise
"""

import sys

import yaml


def closed(schema):
    """The schema with no fields but those that it names."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        schema.setdefault("additionalProperties", False)
    return schema


def validate(manifest, definition):
    import jsonschema

    names = definition["spec"]["names"]
    group, version = manifest["apiVersion"].split("/")
    if (group, manifest["kind"]) != (definition["spec"]["group"], names["kind"]):
        sys.exit(f"{manifest['apiVersion']} {manifest['kind']} is not what is defined")
    versions = {one["name"]: one for one in definition["spec"]["versions"]}
    if version not in versions:
        sys.exit(f"version {version} is not served, but {', '.join(versions)}")
    schema = closed(versions[version]["schema"]["openAPIV3Schema"])
    # The server's own, which a definition need not repeat.
    schema["properties"]["metadata"] = {"type": "object", "required": ["name"]}
    try:
        jsonschema.validate(manifest, schema)
    except jsonschema.ValidationError as error:
        sys.exit(f"{error.json_path}: {error.message}")


# The definitions are long: the loader in C where there is one.
loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
manifest = yaml.load(sys.stdin, loader)
if len(sys.argv) == 1:
    import kubernetes_validate

    try:
        kubernetes_validate.validate(
            manifest, kubernetes_validate.latest_version(), strict=True
        )
    except kubernetes_validate.ValidationError as error:
        sys.exit(f"{'.'.join(map(str, error.path))}: {error.message}")
else:
    with open(sys.argv[1]) as file:
        validate(manifest, yaml.load(file, loader))
