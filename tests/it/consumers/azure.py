"""Reads a body as a model class of Azure's own client does, down to its last member.

usage: azure.py PACKAGE MODEL <BODY

The classes themselves pass over members of a body that they do not know, so each is looked up; a value of
a closed set has to be one of it.
"""

import enum
import importlib
import json
import sys


def members(model):
    """The members of a class, by the names that they have in a body."""
    return {field._rest_name: name for name, field in type(model)._attr_to_rest_field.items()}


def words(kind, name):
    """The closed set that a member's value is of, if it is of one."""
    hint = next(vars(base)["__annotations__"][name] for base in kind.__mro__ if name in vars(base).get("__annotations__", {}))
    hint = hint if isinstance(hint, str) else str(hint)
    models = sys.modules[kind.__module__.rsplit(".", 1)[0]]
    named = (getattr(models, part.strip('"\'] )').split(".")[-1], None) for part in hint.replace("[", ",").split(","))
    return next((list(words) for words in named if isinstance(words, type) and issubclass(words, enum.Enum)), None)


def walk(model, where):
    known = members(model)
    for key in model.keys():
        place = f"{where}.{key}"
        if key not in known:
            sys.exit(f"{place} is no member of {type(model).__name__}")
        value = getattr(model, known[key])
        allowed = words(type(model), known[key])
        if allowed and value not in [word.value for word in allowed]:
            sys.exit(f"{place} is {value!r}, and not one of {[word.value for word in allowed]}")
        for at, item in enumerate(value if isinstance(value, list) else [value]):
            if hasattr(item, "_attr_to_rest_field"):
                walk(item, f"{place}[{at}]" if isinstance(value, list) else place)
            elif not isinstance(item, (str, int)):
                sys.exit(f"{place} is {item!r}")


package, name = sys.argv[1:]
model = getattr(importlib.import_module(f"{package}.models"), name)(json.load(sys.stdin))
walk(model, name)
