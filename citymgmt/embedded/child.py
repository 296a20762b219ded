"""What a child process does before it becomes its program; run by path with `python -I -S`.

Usage: child.py PARENT_PID DEATH_SIGNAL plain|unprivileged PROGRAM [ARGUMENT...]

The kernel sends DEATH_SIGNAL to the program when its parent dies, however it dies. `unprivileged` puts
the program into a user namespace of its own in which root is shown as uid 1, because PostgreSQL refuses
to run as uid 0; files stay root's, so that no permission of any directory need be changed.
Standard library only, and nothing of the portal: it starts in some milliseconds.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
SHOWN_UID = 1  # daemon: known to /etc/passwd on every Linux, which initdb insists on
NO_NAMESPACE = 77  # exit code: the kernel or the container refuses user namespaces

libc = ctypes.CDLL(None, use_errno=True)


def enter_user_namespace() -> None:
    """Show our user as SHOWN_UID from now on. Raises OSError where the kernel refuses."""
    uid, gid = os.geteuid(), os.getegid()
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    maps = {"uid_map": f"{SHOWN_UID} {uid} 1", "setgroups": "deny", "gid_map": f"{SHOWN_UID} {gid} 1"}
    for name, text in maps.items():
        with open(f"/proc/self/{name}", "w") as entry:
            entry.write(text)


def die_with_parent(parent_pid: int, death_signal: int) -> None:
    """Ask the kernel for the signal; end at once if the parent is dead already. Raises OSError."""
    if libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent_pid:
        sys.exit(1)


def main(arguments: list[str]) -> None:
    """Prepare this process and become the program."""
    parent_pid, death_signal, privilege, *program = arguments
    if privilege == "unprivileged":
        try:
            enter_user_namespace()
        except OSError as refusal:
            print(f"user namespace refused: {refusal}", file=sys.stderr)
            sys.exit(NO_NAMESPACE)
    die_with_parent(int(parent_pid), int(death_signal))  # last: a change of credentials clears it
    os.execv(program[0], program)


if __name__ == "__main__":
    main(sys.argv[1:])
