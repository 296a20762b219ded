"""The benchmarks run; what they measure is not judged here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.processes
def test_a_small_run_writes_its_results(tmp_path):
    clean = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "VAR_DIR")}
    command = [sys.executable, "benchmarks/run.py", "--cases", "40", "--parts", "escalate", "--output", tmp_path]
    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert results["escalate"]["rows"] == {
        "cases_case": 40,
        "cases_caseevent": 40,
        "cases_escalation": 40,
        "outbox_message": 120,
    }
    assert "| Settle 40 due cases" in (tmp_path / "README.md").read_text("utf-8")
