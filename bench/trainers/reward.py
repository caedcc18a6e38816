"""Reward functions for TRL's GRPOTrainer (`reward`) and verl (`compute_score`): Atoll applies, runs and judges each answer.

Works on data sets of `atoll export --as grpo` and `--as verl`. ATOLL says how Atoll is called: `atoll` by default, or
`node ui/atoll.mjs` in a checkout. ATOLL_PROBLEM names the problem where it is none of those that ship.
"""

import json
import os
import shlex
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# What an answer earns that cannot be applied, and a program that fails (core/learning/rewards/ladder.ts).
REFUSED, FAILED = -0.4, -0.2


def judged(problem, form, base, answer):
    """What `atoll evaluate --answer --json` says of an answer; `base`: files by path, the main file first."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in base.items():
            place = Path(folder, "program", path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="")
        said = Path(folder, "answer.md")
        said.write_text(answer, encoding="utf-8", newline="")
        main = Path(folder, "program", next(iter(base)))
        atoll = shlex.split(os.environ.get("ATOLL", "atoll"))
        command = [*atoll, "evaluate", os.environ.get("ATOLL_PROBLEM", problem), str(main)]
        done = subprocess.run(
            [*command, "--answer", str(said), "--form", form, "--json"], capture_output=True, text=True, check=True
        )
    return json.loads(done.stdout)


def rewarded(outcome, base_score, spread):
    """In [-0.4, 1], as the engine has it: 1/2 for a child as good as its parent."""
    if outcome["status"] != "scored":
        return REFUSED if outcome["status"] == "refused" else FAILED
    gain = outcome["score"] - base_score
    return 0.5 if gain == 0 else (1 + gain / (abs(gain) + spread)) / 2


def reward(completions, problem, form, base, base_score, spread, **_):
    """For GRPOTrainer(reward_funcs=reward): one reward for each completion, several judged at a time."""

    def one(completion, *about):
        problem, form, base, base_score, spread = about
        text = completion if isinstance(completion, str) else completion[-1]["content"]
        return rewarded(judged(problem, form, json.loads(base), text), base_score, spread)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(one, completions, problem, form, base, base_score, spread))


def compute_score(data_source, solution_str, ground_truth, extra_info=None):
    """For verl's custom_reward_function."""
    about = json.loads(ground_truth)
    outcome = judged(about["problem"], about["form"], about["base"], solution_str)
    return rewarded(outcome, about["base_score"], about["spread"])
