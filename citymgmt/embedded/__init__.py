"""The portal on one machine: its own PostgreSQL and the processes under one command.

`child.py` what a child process does before it becomes its program · `launch.py` one child process ·
`locks.py` one at a time · `leftovers.py` what a killed supervisor left behind · `cluster.py` data
directory, address and passwords · `postgres.py` the server · `temporary.py` a throwaway server ·
`supervisor.py` starts, watches and stops · `portal.py` which steps and processes make up the portal.
"""
