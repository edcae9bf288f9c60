"""Checks the parameters of an AWS call, in JSON on stdin, as AWS' own client does before it sends them.

    botocore.py SERVICE OPERATION
"""

import json
import sys

import botocore.session
from botocore.exceptions import ParamValidationError
from botocore.validate import validate_parameters

service, operation = sys.argv[1:]
model = botocore.session.Session().get_service_model(service).operation_model(operation)
try:
    validate_parameters(json.load(sys.stdin), model.input_shape)
except ParamValidationError as error:
    sys.exit(str(error))
