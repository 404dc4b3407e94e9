"""The recipes for clusters, as far as they can be checked without one: syntax, and the options of the program."""

import shlex
import subprocess
from pathlib import Path

import click
import pytest

import cli

RECIPES = Path(__file__).parent.parent / "docs" / "recipes"
SCRIPTS = sorted(RECIPES.glob("*.sbatch"))


def known(arguments: list[str]) -> dict[str, object]:
    """What the program makes of a command line, without running it; an error where it does not know an option."""
    program, name, *rest = arguments
    assert program == "newspaper-activities"
    command = cli.cli.get_command(click.Context(cli.cli), name)
    assert command is not None
    return command.make_context(name, rest, resilient_parsing=True).params


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_scripts_are_sound(script: Path, shell: str) -> None:
    done = subprocess.run([shell, "-n", str(script)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_call_the_program_as_it_is(script: Path) -> None:
    text = script.read_text("utf-8").replace("\\\n", " ")
    (line,) = [line for line in text.splitlines() if line.startswith("newspaper-activities")]
    told = known(shlex.split(line))
    assert told["partition_size"] == 5000
    assert str(told["output"]).startswith("/data/records")


def test_what_kubernetes_is_given() -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML comes with Dask: pip install '.[dask]'")
    made = {
        (each["kind"], each["metadata"]["name"]): each
        for each in yaml.safe_load_all((RECIPES / "kubernetes.yaml").read_text("utf-8"))
    }
    assert len(made) == 6
    pods = [each["spec"]["template"]["spec"] for (kind, _), each in made.items() if kind in ("Deployment", "Job")]
    commands = {pod["containers"][0]["name"]: pod["containers"][0]["command"] for pod in pods}
    told = known(commands["extract"])
    assert (told["partition_size"], told["engine"]) == (5000, "dask")
    # who is called is there, by its name and port, and takes what is asked of the volume
    port = made["Service", "scheduler"]["spec"]["ports"][0]["port"]
    assert told["scheduler"] in commands["worker"]
    assert told["scheduler"] == f"tcp://scheduler:{port}"
    assert commands["scheduler"][:4] == ["dask", "scheduler", "--port", str(port)]
    job = made["Job", "extract"]["spec"]["template"]["spec"]
    assert ("PersistentVolumeClaim", job["volumes"][0]["persistentVolumeClaim"]["claimName"]) in made
    assert str(told["output"]).startswith(job["containers"][0]["volumeMounts"][0]["mountPath"])
