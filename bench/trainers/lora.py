"""Trains a LoRA adapter one step on a batch from Atoll: the command behind `--trainer vllm:COMMAND`.

    pip install torch transformers peft
    atoll run PROBLEM --model compatible:Qwen/Qwen3-8B@http://localhost:8000/v1 \
        --trainer 'vllm:python bench/trainers/lora.py --model Qwen/Qwen3-8B'

Reads $ATOLL_BATCH/answers.jsonl and batch.json, goes on from the adapter $ATOLL_FROM (empty: a new one), and writes the
adapter and metrics.json to $ATOLL_ADAPTER. Rewards and advantages are Atoll's; the loss is that of batch.json: clipped
(ppo), unclipped (importance_sampling) or clipped weights (cispo), on the ratio to the model as it was at the start.
"""

import argparse
import json
import os
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer

parser = argparse.ArgumentParser()
parser.add_argument("--model", required=True, help="the base model, as vLLM serves it")
parser.add_argument("--rank", type=int, default=32)
parser.add_argument("--rate", type=float, default=4e-5)
parser.add_argument("--steps", type=int, default=1, help="optimiser steps on the batch")
parser.add_argument("--longest", type=int, default=16384, help="tokens of prompt and answer; longer ones are left out")
args = parser.parse_args()

batch = Path(os.environ["ATOLL_BATCH"])
facts = json.loads((batch / "batch.json").read_text())
answers = [json.loads(line) for line in (batch / "answers.jsonl").read_text().splitlines()]

device = "cuda" if torch.cuda.is_available() else "cpu"
words = AutoTokenizer.from_pretrained(args.model)
dtype = torch.bfloat16 if device == "cuda" else torch.float32
model = AutoModelForCausalLM.from_pretrained(args.model, dtype=dtype).to(device)
if os.environ["ATOLL_FROM"]:
    model = PeftModel.from_pretrained(model, os.environ["ATOLL_FROM"], is_trainable=True)
else:
    config = LoraConfig(r=args.rank, lora_alpha=args.rank, target_modules="all-linear", task_type="CAUSAL_LM")
    model = get_peft_model(model, config)
model.gradient_checkpointing_enable()
model.enable_input_require_grads()


def encoded(answer):
    """The tokens of prompt and answer, and how many of them are the prompt's."""
    prompt = words.apply_chat_template(answer["prompt"], add_generation_prompt=True, tokenize=False)
    whole = words.apply_chat_template(answer["prompt"] + answer["completion"], tokenize=False)
    head = words(prompt, add_special_tokens=False)["input_ids"]
    tokens = words(whole, add_special_tokens=False)["input_ids"]
    return tokens, len(head)


def logprobs(tokens, prompt):
    """Log-probabilities of the answer's tokens."""
    ids = torch.tensor([tokens], device=device)
    logits = model(ids).logits[0, prompt - 1 : -1].float()
    return torch.log_softmax(logits, -1).gather(1, ids[0, prompt:, None])[:, 0]


def loss_of(now, old, advantage):
    """The loss of each token."""
    ratio = torch.exp(now - old)
    low, high = (facts.get("clip") or {}).get("low", 0), (facts.get("clip") or {}).get("high", float("inf"))
    if facts["loss"] == "importance_sampling":
        return -ratio * advantage
    held = ratio.clamp(low, high)
    if facts["loss"] == "cispo":
        return -held.detach() * advantage * now
    return -torch.minimum(ratio * advantage, held * advantage)


samples = [(*encoded(answer), answer["advantage"]) for answer in answers]
samples = [sample for sample in samples if sample[1] < len(sample[0]) <= args.longest]
lengths = [len(tokens) - prompt for tokens, prompt, _ in samples]
scales = {
    "token": [1 / sum(lengths) for _ in lengths],
    "answer": [1 / (len(samples) * length) for length in lengths],
    "limit": [1 / (len(samples) * facts["limit"]) for _ in lengths],
}[facts["per"]]
with torch.no_grad():
    before = [logprobs(tokens, prompt) for tokens, prompt, _ in samples]

optimiser = torch.optim.AdamW([each for each in model.parameters() if each.requires_grad], lr=args.rate)
total = 0.0
for _ in range(args.steps):
    optimiser.zero_grad()
    total = 0.0
    for (tokens, prompt, advantage), old, scale in zip(samples, before, scales):
        loss = scale * loss_of(logprobs(tokens, prompt), old, advantage).sum()
        loss.backward()
        total += loss.item()
    norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()

out = Path(os.environ["ATOLL_ADAPTER"])
model.save_pretrained(out)
metrics = {"loss": total, "norm": float(norm), "answers": len(samples)}
(out / "metrics.json").write_text(json.dumps(metrics))
print(json.dumps(metrics))
