"""The embedded server: who gets in, where its files are, what a start makes."""

import json
import os
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from citymgmt.embedded.cluster import EmbeddedServerError, installations
from citymgmt.embedded.locks import AlreadyRunningError
from citymgmt.embedded.postgres import EmbeddedPostgres
from tests.embedded.running import SERVER_SCRIPT, clean_environment

pytestmark = pytest.mark.processes
KNOCK = """
import os, socket, sys
visitor = int(sys.argv[2])
os.setgroups([]), os.setgid(visitor), os.setuid(visitor)
socket.socket(socket.AF_UNIX).connect(sys.argv[1])
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def ask(calm_server: EmbeddedPostgres, question: str, *, as_admin: bool = False) -> object:
    with closing(calm_server.connect(as_admin=as_admin)) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()[0][0]


@pytest.mark.parametrize("user", ["citymgmt", "postgres"])
def test_wrong_password_is_refused(calm_server: EmbeddedPostgres, user: str) -> None:
    where = {
        "host": calm_server.address.host,
        "port": calm_server.address.port,
        "dbname": "citymgmt",
        "user": user,
    }
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(password="wrong", **where)
    with pytest.raises(psycopg2.OperationalError, match="no password supplied"):
        psycopg2.connect(passfile="/nonexistent", **where)


def test_portal_is_owner_but_not_superuser(calm_server: EmbeddedPostgres) -> None:
    assert (
        ask(calm_server, "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = user") is False
    )
    assert ask(calm_server, "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'citymgmt'") == "citymgmt"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("listen_addresses", ""),
        ("TimeZone", "UTC"),
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("server_encoding", "UTF8"),
        ("password_encryption", "scram-sha-256"),
        ("max_connections", "60"),
    ],
)
def test_settings(calm_server: EmbeddedPostgres, setting: str, value: str) -> None:
    assert ask(calm_server, f"SHOW {setting}") == value


def test_every_door_asks_for_a_scram_password(calm_server: EmbeddedPostgres) -> None:
    methods = "SELECT array_agg(DISTINCT auth_method) FROM pg_hba_file_rules"
    assert ask(calm_server, methods, as_admin=True) == ["scram-sha-256"]


def test_files_are_closed_to_others(calm_server: EmbeddedPostgres) -> None:
    socket = Path(calm_server.address.host) / ".s.PGSQL.5432"
    assert [mode(calm_server.var_dir), mode(calm_server.data_dir), mode(socket.parent)] == [0o700] * 3
    assert [mode(calm_server.address_file), mode(calm_server.log), mode(socket)] == [0o600, 0o600, 0o700]


def test_address_file_is_what_the_settings_read(calm_server: EmbeddedPostgres) -> None:
    address = json.loads(calm_server.address_file.read_text())
    keys = {"dbname": "name", "user": "user", "password": "password", "host": "host", "port": "port"}
    with closing(psycopg2.connect(**{key: address[name] for key, name in keys.items()})) as connection:
        assert connection.info.dbname == "citymgmt"


@pytest.mark.parametrize("is_path_long", [False, True])
def test_another_user_cannot_reach_the_socket(is_path_long: bool) -> None:
    """Although every directory above may be entered: VAR_DIR (or the socket's directory) itself is closed."""
    with (
        tempfile.TemporaryDirectory() as above,
        EmbeddedPostgres(Path(above) / ("long" * 30 if is_path_long else "var")) as server,
    ):
        Path(above).chmod(0o755)
        assert mode(Path(server.address.host)) == 0o700
        if os.geteuid() != 0:
            return  # only root can become somebody else to try the door
        command = [sys.executable, "-c", KNOCK, str(Path(server.address.host) / ".s.PGSQL.5432")]
        refused = subprocess.run([*command, "65534"], capture_output=True, text=True)
        assert "PermissionError" in refused.stderr
        assert subprocess.run([*command, "0"]).returncode == 0


def test_long_path_gets_a_private_socket_directory(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / ("long" * 30))
    with server:
        socket_dir = Path(server.address.host)
        assert socket_dir.parent != server.var_dir
        assert mode(socket_dir) == 0o700
        assert ask(server, "SELECT 1") == 1
    assert not socket_dir.exists()
    with server:
        assert json.loads(server.address_file.read_text())["host"] == server.address.host


def test_nothing_above_var_dir_changes(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    parents = [closed, *closed.parents]
    before = [(parent.stat().st_mode, parent.stat().st_uid, parent.stat().st_gid) for parent in parents]
    with EmbeddedPostgres(closed / "var"):
        pass
    after = [(parent.stat().st_mode, parent.stat().st_uid, parent.stat().st_gid) for parent in parents]
    assert after == before
    assert os.listdir(closed) == ["var"]


def test_database_url_is_understood_by_the_settings(calm_server: EmbeddedPostgres) -> None:
    import environ

    entry = environ.Env.db_url_config(calm_server.address.url)
    assert (entry["HOST"], entry["USER"], entry["NAME"]) == (calm_server.address.host, "citymgmt", "citymgmt")
    assert entry["PASSWORD"] == calm_server.address.password


def test_second_server_on_the_directory_is_refused(calm_server: EmbeddedPostgres) -> None:
    with pytest.raises(AlreadyRunningError, match="already runs on"):
        EmbeddedPostgres(calm_server.var_dir).start()
    assert ask(calm_server, "SELECT 1") == 1


def test_half_made_data_directory_is_made_anew(empty_var_dir: Path) -> None:
    workshop = empty_var_dir / "initdb-cut-short" / "pg"
    workshop.mkdir(parents=True)
    (workshop / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(empty_var_dir) as server:
        assert ask(server, "SELECT 1") == 1
    assert list(empty_var_dir.glob("initdb-*")) == []


def test_lost_address_file_gives_new_passwords(var_dir: Path) -> None:
    with EmbeddedPostgres(var_dir) as server:
        ask(server, "SELECT 1")
        old = server.address
    server.address_file.unlink()
    with EmbeddedPostgres(var_dir) as server:
        assert server.address.password != old.password
        assert ask(server, "SELECT 1", as_admin=True) == 1


def test_wrong_address_file_is_explained(var_dir: Path) -> None:
    with EmbeddedPostgres(var_dir) as server:
        pass
    address = json.loads(server.address_file.read_text())
    server.address_file.write_text(json.dumps({**address, "admin_password": "wrong"}))
    with pytest.raises(EmbeddedServerError, match="does not carry the password"):
        EmbeddedPostgres(var_dir).start()


def test_other_major_version_is_explained(var_dir: Path) -> None:
    with EmbeddedPostgres(var_dir) as server:
        pass
    (server.data_dir / "PG_VERSION").write_text("12\n")
    with pytest.raises(EmbeddedServerError, match="was made by PostgreSQL 12"):
        EmbeddedPostgres(var_dir).start()


def test_bad_setting_fails_at_once_with_the_log(var_dir: Path) -> None:
    with pytest.raises(EmbeddedServerError, match="shared_buffers"):
        EmbeddedPostgres(var_dir, settings={"shared_buffers": "nonsense"}).start()


def test_newest_programs_are_found() -> None:
    assert max(installations()) >= 18


def test_directory_of_everybody_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    with pytest.raises(EmbeddedServerError, match="for the portal alone"):
        EmbeddedPostgres(tmp_path).start()
    assert mode(tmp_path) == 0o1777


def test_root_without_user_namespaces_is_told_what_to_do(empty_var_dir: Path) -> None:
    """Root of a namespace in which no further one may be made, as in many containers."""
    forbid = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"'
    server = [sys.executable, "-c", SERVER_SCRIPT, str(empty_var_dir)]
    sandbox = ["unshare", "--user", "--map-root-user", "sh", "-c", forbid, "sh"]
    ended = subprocess.run([*sandbox, *server], capture_output=True, text=True, env=clean_environment(), timeout=60)
    assert "start the portal as an ordinary user, or set DATABASE_URL" in ended.stderr
    assert not (empty_var_dir / "pg").exists()
