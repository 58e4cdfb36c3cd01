"""Holds a server against its OpenAPI document, as each of the demo's roles, with schemathesis.

For each role the document is written anew with ids that this role can see where a path wants one: without them every
deep address would be answered by «not found» alone; and the cookie is taken out as another way to sign in, since the
token is sent. Nothing else in it is touched.
"""

import argparse
import copy
import json
import pathlib
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

# Which checks are left out, and why.
CONFIG = pathlib.Path(__file__).resolve().with_name("schemathesis.toml")
# What ends the sign-in that the run itself goes by, or who it is; a run of its own does it, last.
ENDS = [
    ("delete", "/tokens"), ("delete", "/session"), ("delete", "/devices/{session}"), ("post", "/my-data/delete"),
]
# First, since teachers give students new passwords, which ends where they are signed in; and last.
FIRST, LAST = ("student",), ("individual",)
# Whose the short run is, by database.
QUICK = {"sqlite": ["student"], "postgres": ["teacher"]}
SEED = 20261126
ID = re.compile(r"^[0-9a-f]{32}$")
NOBODYS_ID = "0" * 32
MOST_IDS = 4


class Server:
    def __init__(self, address, prefix):
        self.base = address + prefix

    def ask(self, method, path, token=None, body=None):
        """The status and the body, which is None if it is not JSON."""
        request = urllib.request.Request(self.base + path, method=method)
        if token:
            request.add_header("authorization", f"Bearer {token}")
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            request.add_header("content-type", "application/json")
        try:
            with urllib.request.urlopen(request, data, timeout=60) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as answer:
            status, text = answer.code, answer.read()
        try:
            return status, json.loads(text)
        except ValueError:
            return status, None

    def sign_in(self, user_name, password):
        status, body = self.ask("POST", "/tokens", body={"user_name": user_name, "password": password})
        if status != 200:
            sys.exit(f"{user_name} cannot sign in: {status} {body}")
        return body["refresh_token"]

    def token(self, people, role):
        """An access token that has just been made; it is good for a quarter of an hour."""
        status, body = self.ask("POST", "/tokens/refresh", body={"refresh_token": people[role]})
        if status != 200:
            sys.exit(f"the tokens of {role} were ended while the run went on: {status} {body}")
        people[role] = body["refresh_token"]
        return body["access_token"]


def demo(told):
    """Who is in the demo, by role, and everybody's password, from what it said when it started."""
    text = pathlib.Path(told).read_text(encoding="utf-8")
    people = re.findall(r"^  (\S+) +\S.* (\S+)$", text, re.MULTILINE)
    password = re.search(r"the password (\S+)\.$", text, re.MULTILINE)
    return dict(people), password.group(1)


def ids_in(value, key=""):
    """Every id in a body, with the name of its field."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from ids_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from ids_in(inner, key)
    elif isinstance(value, str) and ID.match(value):
        yield key, value


def crawl(server, document, token):
    """For each path with ids in it, the ids of every place that lead somewhere: found by following the document."""
    gets = sorted((path for path, item in document["paths"].items() if "get" in item), key=lambda path: path.count("/"))
    seen, known = [], {}
    for path in gets:
        names = re.findall(r"{([^}]+)}", path)
        for values in choices(names, path, known, seen):
            address = path
            for name, value in values.items():
                address = address.replace("{" + name + "}", value)
            status, body = server.ask("GET", address, token)
            if status != 200:
                continue
            seen.extend(value for _, value in ids_in(body) if value not in seen)
            places = known.setdefault(path, [])
            if values not in places and len(places) < MOST_IDS:
                places.append(values)
    return known, seen


def choices(names, path, known, seen):
    """Ids to try: those of the longest path that begins the same, and for the last place each id that was seen."""
    if not names:
        return [{}]
    if len(names) == 1:
        return [{names[0]: value} for value in seen[:60]]
    begins = [places for other, places in known.items() if path.startswith(other + "/") and "{" in other]
    before = begins[-1] if begins else [{}]
    tries = []
    for values in before:
        left = [name for name in names if name not in values]
        if not left:
            tries.append(dict(values))
        elif len(left) == 1:
            tries.extend({**values, left[0]: value} for value in seen[:60])
    return tries


def with_ids(document, known, seen):
    """The document with the ids of one role where a path wants one, and one that is nobody's."""
    document = copy.deepcopy(document)
    for path, item in document["paths"].items():
        names = re.findall(r"{([^}]+)}", path)
        places = known.get(path) or nearest(path, known)
        for name in names:
            values = list(dict.fromkeys(place[name] for place in places if name in place)) or seen[:MOST_IDS]
            for parameter in parameters(document, item):
                schema = parameter.get("schema", {})
                is_id = parameter.get("in") == "path" and parameter.get("name") == name
                if is_id and values and resolve(document, schema).get("type") == "string":
                    parameter["schema"] = {"type": "string", "enum": [*values, NOBODYS_ID]}
                    parameter.pop("example", None)
                    parameter.pop("examples", None)
    return document


def by_token(document):
    """The document for one who has a token: who sends a cookie as well is refused before anything else is looked at."""
    document = copy.deepcopy(document)
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    for place in [document, *(operation for operation in operations if isinstance(operation, dict))]:
        ways = [way for way in place.get("security", []) if "cookie" not in way]
        if ways:
            place["security"] = ways
    return document


def nearest(path, known):
    """The ids of the longest path that begins or goes on the same."""
    related = [other for other in known if "{" in other and (path.startswith(other + "/") or other.startswith(path + "/"))]
    return known[max(related, key=len)] if related else []


def resolve(document, schema):
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def parameters(document, item):
    lists = [item.get("parameters", [])]
    lists += [operation.get("parameters", []) for operation in item.values() if isinstance(operation, dict)]
    for parameter in (parameter for one in lists for parameter in one):
        yield parameter


def run(arguments, role, document, token, only_ends):
    """Schemathesis as one role. Its exit says whether everything held."""
    reports = pathlib.Path(arguments.reports).resolve()
    reports.mkdir(parents=True, exist_ok=True)
    name = f"{role}-ends" if only_ends else role
    written = reports / f"{name}.json"
    written.write_text(json.dumps(document), encoding="utf-8")
    command = [
        str(pathlib.Path(sys.executable).with_name("schemathesis")), "--config-file", str(CONFIG), "run", str(written),
        "--url", arguments.address + arguments.prefix,
        "--seed", str(SEED), "--max-examples", "5" if arguments.quick else "50",
        "--phases", "examples,coverage" if arguments.quick else "examples,coverage,fuzzing,stateful",
        "--continue-on-failure", "--request-timeout", "60", "--warnings", "off", "--no-shrink",
        "--report", "junit", "--report-junit-path", str(reports / f"{name}.xml"),
    ]
    for operation in ending(document):
        command += ["--include-operation-id" if only_ends else "--exclude-operation-id", operation]
    if token:
        command += ["--header", f"Authorization: Bearer {token}"]
    began = time.monotonic()
    with open(reports / f"{name}.log", "w", encoding="utf-8") as log:
        code = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                              cwd=reports).returncode
    text = (reports / f"{name}.log").read_text(encoding="utf-8")
    cases = re.search(r"(\d+) generated", text)
    print(f"  {name:<18} {cases.group(1) if cases else '?':>7} requests  {time.monotonic() - began:6.1f} s  "
          f"{'held' if code == 0 else 'FAILED'}", flush=True)
    if code != 0:
        print(text[-6000:])
        print(f"All of it stands in {reports / (name + '.log')}")
    return code == 0


def ending(document):
    """The names of the operations that end a sign-in, as far as the document has them."""
    items = ((method, document["paths"].get(path, {}).get(method)) for method, path in ENDS)
    return [operation["operationId"] for _, operation in items if operation]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", required=True)
    parser.add_argument("--prefix", default="/api/v1")
    parser.add_argument("--demo", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--reports", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    server = Server(arguments.address, arguments.prefix)
    status, document = server.ask("GET", "/openapi.json")
    if status != 200:
        sys.exit(f"there is no document: {status}")
    user_names, password = demo(arguments.demo)
    named = arguments.only.split(",") if arguments.only else QUICK.get(arguments.database, []) if arguments.quick else []
    wanted = [role for role in user_names if not named or role in named]
    wanted.sort(key=lambda role: (role in LAST, role not in FIRST))
    people = {role: server.sign_in(user_names[role], password) for role in wanted}
    held = True
    print(f"{arguments.database}: {len(document['paths'])} paths, as {', '.join(wanted)}")
    for role in wanted:
        token = server.token(people, role)
        known, seen = crawl(server, document, token)
        fitted = with_ids(by_token(document), known, seen)
        held &= run(arguments, role, fitted, server.token(people, role), False)
    if not arguments.quick:
        held &= run(arguments, "nobody", document, None, False)
    held &= run(arguments, wanted[-1], by_token(document), server.token(people, wanted[-1]), True)
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
