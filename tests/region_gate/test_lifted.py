"""The gate works on a site that has nothing else of ours."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def test_the_gate_works_on_a_site_of_its_own():
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{HERE}"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--ds=project.settings"]
    command += [f"--confcutdir={HERE / 'project'}"]
    command += ["-c", str(HERE / "project" / "pytest.ini"), f"--rootdir={ROOT}", str(HERE / "project")]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
