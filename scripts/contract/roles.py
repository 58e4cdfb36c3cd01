"""Holds a server against its OpenAPI document, as each of the demo's roles, with schemathesis.

For each role the document is written anew with ids that this role can see where a path wants one, and with the numbers of
wrong lines: without them every deep address would be answered by «not found» alone; and the cookie is taken out as
another way to sign in, since the token is sent. Nothing else in it is touched.

What is never done is not held against anything, so the answers are counted: at the end of a whole run every operation
was done by one of the roles at least once.
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
import urllib.parse
import urllib.request

# Which checks are left out, and why.
CONFIG = pathlib.Path(__file__).resolve().with_name("schemathesis.toml")
# What ends the sign-in that the run itself goes by, or who it is; a run of its own does it, last.
ENDS = [("delete", "/tokens"), ("delete", "/session"), ("delete", "/devices/{session}")]
# What ends who it is, after that.
DELETES = [("post", "/my-data/delete")]
# What closes what the others work on, in a run of its own after theirs.
CLOSES = [("post", "/calculations/{id}/another")]
# What nobody in the demo can do, and why.
UNDONE = {
    "endDevice": "nobody is signed in at another place",
    "letOut": "nobody has come in by a class code",
    "refreshTokens": "a refresh token is good once",
}
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
    """Every id in a body, with the name of its field; one called `id` with that of what it is in."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from ids_in(inner, key if name == "id" else name)
    elif isinstance(value, list):
        for inner in value:
            yield from ids_in(inner, key)
    elif isinstance(value, str) and ID.match(value):
        yield key, value


def crawl(server, document, token):
    """For each path with ids in it, the ids of every place that lead somewhere, found by following the document; and every
    id that was seen, with the names of what it is of."""
    gets = sorted((path for path, item in document["paths"].items() if "get" in item), key=lambda path: path.count("/"))
    seen, known = {}, {}
    for path in gets:
        names = re.findall(r"{([^}]+)}", path)
        for values in choices(names, path, known, seen):
            address = path
            for name, value in values.items():
                address = address.replace("{" + name + "}", value)
            status, body = server.ask("GET", address, token)
            if status != 200:
                continue
            for name, value in ids_in(body):
                seen.setdefault(value, set()).add(name)
            places = known.setdefault(path, [])
            if values in places:
                continue
            # What is still worked on is done the most with.
            if isinstance(body, dict) and {"finished_at", "left_at"} <= body.keys() \
                    and not body["finished_at"] and not body["left_at"]:
                places.insert(0, values)
            else:
                places.append(values)
    known = {path: places[:MOST_IDS] for path, places in known.items()}
    return known, seen


def wrong_lines(server, known, seen, token):
    """Where one may appeal or answer, each place with the number of a wrong line: in the student's own calculations, and in
    those that a teacher sees, the appealed ones alone if there are any."""
    found, appealed = {}, {}
    for path in [path for path in known if path.endswith(("/calculations/{id}", "/calculations/{calculation}"))]:
        for values in choices(re.findall(r"{([^}]+)}", path), path, known, seen):
            address = path
            for name, value in values.items():
                address = address.replace("{" + name + "}", value)
            _, body = server.ask("GET", address, token)
            calculation = (body or {}).get("calculation", body) or {}
            wrong = [line["number"] for line in calculation.get("lines", []) if line["verdict"]["kind"] == "wrong"]
            heard = [appeal["line"] for appeal in calculation.get("appeals", [])]
            found.setdefault(path, []).extend({**values, "line": number} for number in wrong)
            appealed.setdefault(path, []).extend({**values, "line": number} for number in heard)
    best = {path: appealed[path] or places for path, places in found.items()}
    return {path + "/lines/{line}/appeal": places[:MOST_IDS] for path, places in best.items() if places}


def choices(names, path, known, seen):
    """Ids to try: those of the longest path that begins the same, and for the last place each id that was seen."""
    if not names:
        return [{}]
    if len(names) == 1:
        return [{names[0]: value} for value in list(seen)[:60]]
    begins = [places for other, places in known.items() if path.startswith(other + "/") and "{" in other]
    before = begins[-1] if begins else [{}]
    tries = []
    for values in before:
        left = [name for name in names if name not in values]
        if not left:
            tries.append(dict(values))
        elif len(left) == 1:
            tries.extend({**values, left[0]: value} for value in list(seen)[:60])
    return tries


def with_ids(document, known, seen):
    """The document with the ids of one role where a path wants one, and one that is nobody's."""
    document = copy.deepcopy(document)
    for path, item in document["paths"].items():
        names = re.findall(r"{([^}]+)}", path)
        places = known.get(path) or nearest(path, known)
        for name in names:
            values = list(dict.fromkeys(place[name] for place in places if name in place))
            values = (values or called(seen, path, name) or list(seen))[:MOST_IDS]
            if name == "line":
                set_numbers(item, values)
                continue
            for parameter in parameters(document, item):
                schema = parameter.get("schema", {})
                is_id = parameter.get("in") == "path" and parameter.get("name") == name
                if is_id and values and resolve(document, schema).get("type") == "string":
                    parameter["schema"] = {"type": "string", "enum": [*values, NOBODYS_ID]}
                    parameter.pop("example", None)
                    parameter.pop("examples", None)
    return document


def with_names(document, user_name, password):
    """Who signs in is somebody that there is, and who signs up agrees to what is asked."""
    for schema, name, value in [
        ("SignIn", "user_name", user_name), ("SignIn", "password", password), ("Proof", "password", password),
    ]:
        fields = document["components"]["schemas"][schema]["properties"]
        if name in fields:
            fields[name] = {"type": "string", "enum": [value, "not this one"]}
    new = document["components"]["schemas"]["NewIndividual"]["properties"]
    new["consents"] = {"type": "array", "enum": [["practice"], []]}
    new["user_name"] = {"type": "string", "enum": ["ada-99", "no"]}
    new["password"] = {"type": "string", "enum": ["sju-lampor-lyser", "kort"]}
    new["text"] = {"type": "integer", "enum": [1, 99]}
    new["is_old_enough"] = {"type": "boolean", "enum": [True, False]}


def called(seen, path, name):
    """The ids of what has the name of a place: `distance` for the last of `/distances/{distance}`."""
    before = path.split("/{" + name + "}")[0].rsplit("/", 1)[1]
    before = {"assigned": "assignments"}.get(before, before)
    fits = lambda of: of and (of == name or of in before or name != "id" and name in of)
    return [value for value, names in seen.items() if any(map(fits, names))]


def set_numbers(item, values):
    """The numbers of lines that one may ask for, and one that no calculation has."""
    for operation in item.values():
        for parameter in operation.get("parameters", []) if isinstance(operation, dict) else []:
            numbers = [value for value in values if isinstance(value, int)]
            if parameter.get("name") == "line" and numbers:
                parameter["schema"] = {"type": "integer", "enum": [*numbers, 200]}


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
    others = [other for other in known if "{" in other]
    related = [other for other in others if path.startswith(other + "/")] \
        or [other for other in others if other.startswith(path + "/")]
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


def run(arguments, role, document, token, only=None):
    """Schemathesis as one role, with these operations only or without all of such. Whether everything held, and what was done."""
    reports = pathlib.Path(arguments.reports).resolve()
    reports.mkdir(parents=True, exist_ok=True)
    name = f"{role}-{only}" if only else role
    written = reports / f"{name}.json"
    written.write_text(json.dumps(document), encoding="utf-8")
    command = [
        str(pathlib.Path(sys.executable).with_name("schemathesis")), "--config-file", str(CONFIG), "run", str(written),
        "--url", arguments.address + arguments.prefix,
        "--seed", str(SEED), "--max-examples", "5" if arguments.quick else "50",
        "--phases", "examples,coverage" if arguments.quick else "examples,coverage,fuzzing,stateful",
        "--continue-on-failure", "--request-timeout", "60", "--warnings", "off", "--no-shrink",
        "--report", "junit,har", "--report-junit-path", str(reports / f"{name}.xml"),
        "--report-har-path", str(reports / f"{name}.har"),
    ]
    apart = {"ends": named(document, ENDS), "closes": named(document, CLOSES), "deletes": named(document, DELETES)}
    for operation in apart[only] if only else sum(apart.values(), []):
        command += ["--include-operation-id" if only else "--exclude-operation-id", operation]
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
    return code == 0, done(document, arguments.prefix, reports / f"{name}.har")


def named(document, operations):
    """The names of these operations, as far as the document has them."""
    items = (document["paths"].get(path, {}).get(method) for method, path in operations)
    return [operation["operationId"] for operation in items if operation]


def every_operation(document):
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "operationId" in operation:
                yield method.upper(), path, operation["operationId"]


def done(document, prefix, har):
    """The names of the operations that were answered as done. The answers themselves are not kept."""
    ways = [(method, re.compile(re.sub(r"{[^}]+}", "[^/]+", prefix + path) + "$"), name)
            for method, path, name in sorted(every_operation(document), key=lambda way: way[1].count("{"))]
    found = set()
    for entry in json.loads(har.read_text(encoding="utf-8"))["log"]["entries"]:
        if entry["response"]["status"] < 300:
            path = urllib.parse.urlsplit(entry["request"]["url"]).path
            asked = entry["request"]["method"]
            found.update([name for method, way, name in ways if method == asked and way.match(path)][:1])
    har.unlink()
    return found


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
    quick = QUICK.get(arguments.database, []) if arguments.quick else []
    named_roles = arguments.only.split(",") if arguments.only else quick
    wanted = [role for role in user_names if not named_roles or role in named_roles]
    wanted.sort(key=lambda role: (role in LAST, role not in FIRST))
    people = {role: server.sign_in(user_names[role], password) for role in wanted}
    held, did = True, set()

    def hold(*run_of):
        nonlocal held
        holds, was_done = run(arguments, *run_of)
        held &= holds
        did.update(was_done)

    print(f"{arguments.database}: {len(document['paths'])} paths, as {', '.join(wanted)}")
    for role in wanted:
        token = server.token(people, role)
        known, seen = crawl(server, document, token)
        known.update(wrong_lines(server, known, seen, token))
        fitted = with_ids(by_token(document), known, seen)
        with_names(fitted, user_names[role], password)
        hold(role, fitted, server.token(people, role))
        if role in FIRST:
            hold(role, fitted, server.token(people, role), "closes")
    if not arguments.quick:
        document = copy.deepcopy(document)
        with_names(document, user_names[wanted[0]], password)
        hold("nobody", document, None)
    hold(wanted[0], fitted, server.token(people, wanted[0]), "ends")
    if wanted[-1] == wanted[0]:
        people[wanted[0]] = server.sign_in(user_names[wanted[0]], password)
    hold(wanted[-1], fitted, server.token(people, wanted[-1]), "deletes")
    undone = sorted({name for _, _, name in every_operation(document)} - did - set(UNDONE))
    print(f"  done at least once: {len(did)} operations; never: {', '.join(undone) or 'none'}")
    # A run as some of the roles can do some of it only.
    held &= not undone or bool(named_roles)
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
