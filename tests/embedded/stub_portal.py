"""The portal with stub programs, for the tests of the supervisor: stub_portal.py VAR_DIR PORT [WORKER]."""

import sys
from pathlib import Path

from citymgmt.embedded.portal import Portal, PortalOptions, Program
from citymgmt.embedded.postgres import EmbeddedPostgres

WEB = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
PATIENT = "import time\nwhile True: time.sleep(1)"
STUBBORN = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + PATIENT
MANAGE = """
import json, os, sys
var_dir = os.environ["VAR_DIR"]
with open(var_dir + "/steps", "a") as steps:
    steps.write(" ".join(sys.argv[1:]) + chr(10))
if os.path.exists(var_dir + "/fail-" + sys.argv[1]):
    sys.exit("broken on purpose")
if sys.argv[1] == "seed_demo":
    json.dump({"clerk": "secret"}, open(var_dir + "/demo-logins.json", "w"))
"""


class StubPortal(Portal):
    """Stub programs under the real supervisor; VAR_DIR appears in their command lines."""

    worker = PATIENT

    def programs(self) -> list[Program]:
        mark = str(self.options.var_dir)
        return [
            Program("web", [sys.executable, "-c", WEB, str(self.options.port), mark]),
            Program("worker", [sys.executable, "-c", self.worker, mark], grace_seconds=1.0),
            Program("beat", [sys.executable, "-c", PATIENT, mark]),
        ]


def count_users(_postgres: EmbeddedPostgres | None) -> int:
    return 0


def main(var_dir: Path, port: int, worker: str) -> None:
    base_dir = var_dir / "project"
    base_dir.mkdir(parents=True, exist_ok=True)
    (base_dir / "manage.py").write_text(MANAGE)
    options = PortalOptions(
        base_dir=base_dir,
        var_dir=var_dir,
        host="127.0.0.1",
        port=port,
        wants_demo=True,
        has_own_database=False,
        health_host="localhost",
        count_users=count_users,
    )
    portal = StubPortal(options, lambda line: print(line, flush=True))
    portal.worker = {"patient": PATIENT, "stubborn": STUBBORN}[worker]
    portal.run()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), (sys.argv[3:] or ["patient"])[0])
