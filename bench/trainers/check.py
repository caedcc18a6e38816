"""Has TRL's trainers take one step each on exported data sets, on the CPU, with a tiny random model made here.

    python3 -m venv venv && venv/bin/pip install torch transformers trl datasets
    ATOLL='node ui/atoll.mjs' venv/bin/python bench/trainers/check.py <run>/datasets

Reads <run>/datasets/{sft,dpo,kto,grpo,verl,openai,refine,edits,predict,tree}/train.jsonl, as far as they are there.
For verl its own loader is used where `import verl` works, else the columns that its documentation asks for are checked.
"""

import json
import math
import os
import sys
import tempfile
from pathlib import Path

import torch
from datasets import load_dataset
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

LONGEST = 8192
CHAT = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def tokenizer():
    """One token a byte, and one for each mark of a chat."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    marks = ["<|pad|>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>"]
    bytewise = Tokenizer(models.BPE(vocab={text: i for i, text in enumerate(marks + letters)}, merges=[]))
    bytewise.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytewise.decoder = decoders.ByteLevel()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=bytewise, pad_token="<|pad|>", eos_token="<|end|>", additional_special_tokens=marks[2:]
    )
    fast.chat_template = CHAT
    fast.model_max_length = LONGEST
    return fast


def model(words, out):
    """A tiny random model that lies in a folder, since DPO and KTO load a second one from where the first came from."""
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=len(words),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=LONGEST + 64,
        pad_token_id=words.pad_token_id,
        eos_token_id=words.eos_token_id,
        bos_token_id=words.eos_token_id,
    )
    LlamaForCausalLM(config).save_pretrained(f"{out}/model")
    words.save_pretrained(f"{out}/model")
    return LlamaForCausalLM.from_pretrained(f"{out}/model", dtype=torch.float32)


def shared(out):
    """Arguments that every trainer takes: one step, on the CPU, nothing kept or reported."""
    return dict(
        output_dir=f"{out}/trained", max_steps=1, per_device_train_batch_size=2, use_cpu=True, bf16=False,
        report_to=[], save_strategy="no", logging_strategy="no", learning_rate=1e-3, disable_tqdm=True,
    )


def step(trainer, weights):
    """Takes the step; says what was logged, and that weights moved."""
    before = [each.detach().clone() for each in weights.parameters()]
    loss = trainer.train().training_loss
    moved = sum(not torch.equal(a, b) for a, b in zip(before, weights.parameters()))
    assert math.isfinite(loss), loss
    assert moved > 0, "no weight moved"
    return f"one step, loss {loss:.4f}, {moved} of {len(before)} tensors moved"


def by_length(completions, **columns):
    """A reward under which a random model's answers differ, so that there is a step to take; sees every column."""
    assert {"problem", "problem_hash", "form", "base", "base_score", "spread", "rollouts"} <= set(columns)
    return [-len(completion[0]["content"]) / 100 for completion in completions]


def rejudged(row, most=6):
    """Has reward.py judge answers of a row again: whether each gets the score that the search gave it."""
    from reward import judged

    known = [each for each in row["rollouts"] if each["rung"] == "valid"][:most]
    for each in known:
        outcome = judged(row["problem"], row["form"], json.loads(row["base"]), each["completion"])
        assert outcome["score"] == each["score"], (each["id"], outcome["score"], each["score"])
    return len(known)


def rewarded_alike(row):
    """Has reward.py reward an answer of a row of verl's: whether that is what its score is worth."""
    if "ATOLL" not in os.environ:
        return "ATOLL is not set, so reward.py judged nothing"
    from reward import compute_score, rewarded

    known = next(each for each in json.loads(row["extra_info"]["rollouts"]) if each["rung"] == "valid")
    about = json.loads(row["reward_model"]["ground_truth"])
    worth = rewarded({"status": "scored", "score": known["score"]}, about["base_score"], about["spread"])
    got = compute_score(row["data_source"], known["completion"], row["reward_model"]["ground_truth"])
    assert got == worth, (known["id"], got, worth)
    return "reward.py rewards a known answer as its score is worth"


def sft(rows, words, out):
    from trl import SFTConfig, SFTTrainer

    weights = model(words, out)
    args = SFTConfig(**shared(out), max_length=LONGEST, completion_only_loss=True)
    return step(SFTTrainer(model=weights, args=args, train_dataset=rows, processing_class=words), weights)


def dpo(rows, words, out):
    from trl import DPOConfig, DPOTrainer

    weights = model(words, out)
    args = DPOConfig(**shared(out), max_length=LONGEST)
    return step(DPOTrainer(model=weights, args=args, train_dataset=rows, processing_class=words), weights)


def kto(rows, words, out):
    from trl import KTOConfig, KTOTrainer

    weights = model(words, out)
    args = KTOConfig(**shared(out), max_length=LONGEST)
    return step(KTOTrainer(model=weights, args=args, train_dataset=rows, processing_class=words), weights)


def grpo(rows, words, out):
    from trl import GRPOConfig, GRPOTrainer

    weights = model(words, out)
    args = GRPOConfig(**shared(out), num_generations=2, max_completion_length=24, temperature=1.0)
    trainer = GRPOTrainer(
        model=weights, args=args, train_dataset=rows, processing_class=words, reward_funcs=by_length
    )
    said = step(trainer, weights)
    if "ATOLL" not in os.environ:
        return f"{said}; ATOLL is not set, so reward.py judged nothing"
    return f"{said}; reward.py gives {rejudged(rows[0])} known answers the scores they had"


def verl(path, rows, words, out):
    for row in rows:
        assert set(row) == {"data_source", "prompt", "ability", "reward_model", "extra_info"}, sorted(row)
        assert row["reward_model"]["style"] == "rule" and json.loads(row["reward_model"]["ground_truth"])["base"]
        assert row["extra_info"]["split"] == "train" and json.loads(row["extra_info"]["rollouts"])
    try:
        from omegaconf import OmegaConf
        from verl.utils.dataset.rl_dataset import RLHFDataset
    except ImportError as error:
        loader = f"its loader was not at hand ({error})"
        return f"{rewarded_alike(rows[0])}; {len(rows)} rows have the documented columns; {loader}"
    config = OmegaConf.create(
        dict(cache_dir=out, prompt_key="prompt", max_prompt_length=65536, filter_overlong_prompts=True,
             filter_overlong_prompts_workers=1, return_raw_chat=True, truncation="error")
    )
    data = RLHFDataset(data_files=str(path), tokenizer=words, config=config)
    first = data[0]
    assert len(data) == len(rows), (len(data), len(rows))
    return f"{rewarded_alike(rows[0])}; its loader reads {len(data)} rows, the first gives {', '.join(sorted(first))}"


def shapes(kind, rows):
    """What nothing here trains on: that every row loads, with these columns."""
    return f"{len(rows)} rows load, columns {', '.join(rows.column_names)}"


def main(folder):
    import importlib.metadata as metadata

    versions = ("torch", "transformers", "trl", "datasets", "verl")
    found = [f"{name} {metadata.version(name)}" for name in versions if any(metadata.packages_distributions().get(name, []))]
    print(", ".join([f"python {sys.version.split()[0]}"] + found))
    words = tokenizer()
    # Kinds with a prompt and a completion are all read by the SFT trainer.
    trainers = dict(sft=sft, dpo=dpo, kto=kto, grpo=grpo, refine=sft, edits=sft, predict=sft)
    failed = 0
    for kind in ("sft", "dpo", "kto", "grpo", "verl", "openai", "refine", "edits", "predict", "tree"):
        path = folder / kind / "train.jsonl"
        if not path.exists():
            print(f"{kind:8} not there")
            continue
        with tempfile.TemporaryDirectory() as out:
            rows = load_dataset("json", data_files=str(path), split="train", cache_dir=out)
            try:
                if kind == "verl":
                    said = verl(path, rows, words, out)
                elif kind in trainers:
                    said = f"{len(rows)} rows, {trainers[kind](rows, words, out)}"
                else:
                    said = shapes(kind, rows)
            except Exception as error:  # One that fails must not hide the others.
                failed += 1
                said = f"FAILED: {type(error).__name__}: {error}"
        print(f"{kind:8} {said}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
