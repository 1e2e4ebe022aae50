# The commands of the project; `make` alone lists them. PORT=9000 and OPERATOR=jiangxi may follow any of them.
MAIN := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: run chat call test check train nlu-report nlu-compare nlu-predict bench bench-backend environments clean help
MAKEFLAGS += --no-print-directory

run: environments ## start the whole system (PORT=8000, OPERATOR=jiangxi); Ctrl-C stops it
	@exec $(MAIN) -m scripts.run

chat: environments ## a conversation in the terminal with the running system
	@exec $(MAIN) -m bot.chat

call: environments ## a telephone call in the terminal with the running system (NOISE=1, SPEAK=out.wav)
	@exec $(MAIN) -m bot.call

test: environments ## every test, in both environments
	@exec $(MAIN) -m scripts.tests

check: environments ## format, lint, types and the arrows between the packages
	@exec $(MAIN) -m scripts.check

train: environments ## train the model, if its inputs changed
	@exec .venv-rasa/bin/python scripts/train.py

nlu-report: environments ## how well sentences are understood that nobody trained on
	@exec .venv-rasa/bin/python scripts/nlu_report.py

nlu-compare: environments ## our classifier beside others on the same phrases: hours (ARGS="--only ours,writers")
	@.venv-rasa/bin/python scripts/train.py
	@exec .venv-rasa/bin/python scripts/nlu_compare.py $(ARGS)

nlu-predict: environments ## what is understood: IN=lines.jsonl ({"text": …}) OUT=out.jsonl
	@test -n "$(IN)" -a -n "$(OUT)" || { echo "make nlu-predict IN=lines.jsonl OUT=out.jsonl" >&2; exit 2; }
	@.venv-rasa/bin/python scripts/train.py
	@exec .venv-rasa/bin/python scripts/nlu_predict.py "$(IN)" "$(OUT)"

bench: environments ## our engine beside stock Rasa (its training: EPOCHS=2, none: SKIP_STOCK=1) and Rasa's floor
	@.venv-rasa/bin/python scripts/train.py
	@exec $(MAIN) -m scripts.bench $(if $(EPOCHS),--epochs $(EPOCHS)) $(if $(SKIP_STOCK),--skip-stock)

bench-backend: environments ## filings beside bare inserts, and the scan for due work, on SQLite and PostgreSQL
	@exec $(MAIN) -m scripts.bench.backend

environments: ## make .venv and .venv-rasa, if their locked requirements changed
	@command -v python3 >/dev/null || { echo "Python 3 is missing: apt-get install python3 python3-venv" >&2; exit 1; }
	@exec python3 scripts/environments.py

clean: ## remove what can be made again; the data in var/ stays
	@rm -rf .venv .venv-rasa .uv .rasa .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
	@rm -f models/*.tar.gz models/*.json
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Clean; var/ is kept."

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
