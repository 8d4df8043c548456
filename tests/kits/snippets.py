"""What the README and action.yml tell a CI to do, so that it can be done: snippets.py WHAT.

workflow    the GitHub workflow of the README
pre-commit  its configuration of pre-commit
gitlab      the commands of its GitLab job that call detlint, a line each
action      the script with which action.yml checks letters
"""

import pathlib
import re
import sys

import yaml

root = pathlib.Path(__file__).resolve().parents[2]
readme = (root / "README.md").read_text(encoding="utf-8")
blocks = re.findall(r"^```yaml\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)


def block(has):
    (found,) = [text for text in blocks if has(yaml.safe_load(text))]
    return found


def is_dict_with(key):
    return lambda data: isinstance(data, dict) and key in data


what = sys.argv[1]
if what == "workflow":
    print(block(is_dict_with("jobs")))
elif what == "pre-commit":
    print(block(is_dict_with("repos")))
elif what == "gitlab":
    job = yaml.safe_load(block(is_dict_with("detlint")))["detlint"]
    assert job["artifacts"]["when"] == "always", "a red job keeps its report"
    commands = [command for command in job["script"] if command.startswith("detlint")]
    assert any(job["artifacts"]["reports"]["codequality"] in command for command in commands)
    print("\n".join(commands))
elif what == "action":
    action = yaml.safe_load((root / "action.yml").read_text(encoding="utf-8"))
    install, check = action["runs"]["steps"]
    assert set(re.findall(r"inputs\.([\w-]+)", str(check["env"]))) == set(action["inputs"])
    print(check["run"])
else:
    sys.exit(__doc__)
