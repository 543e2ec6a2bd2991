# Two commands do everything: `make run` and `make test`. Python 3.11 or newer and make are assumed.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
# Where PyTorch comes from. Empty: on Linux without an NVIDIA card its CPU index, if that answers
# within seconds, for the registry's build brings gigabytes of GPU libraries; else the registry.
TORCH_INDEX ?=
CPU_INDEX := https://download.pytorch.org/whl/cpu
ANSWERS := from urllib.request import urlopen; urlopen("$(CPU_INDEX)/torch/", timeout=5)
PIP = $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt
BIN := .venv/bin
# Without compiled files each of the many programs that tests start would compile its modules anew.
unexport PYTHONDONTWRITEBYTECODE
INSTALLED := .venv/.installed

.PHONY: run test quick thorough check relevance pictures fuzz constraints clean

run: $(INSTALLED)  ## install, build the index from corpus/, serve it and print the address
	$(BIN)/kb build
	$(BIN)/kb serve

test: check  ## install, check the code and the corpus, run every test
	$(BIN)/pytest -n 2 --dist loadfile

quick: $(INSTALLED)  ## lint, and the tests without a model, a browser, a long wait or many imports: a minute
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pytest -n 2 --dist loadfile -m "not (model or browser or relevance or slow)"

thorough: check  ## as `make test`, with five times as many generated examples
	$(BIN)/pytest -n 2 --dist loadfile --hypothesis-profile=thorough

check: $(INSTALLED)  ## format, lint, types, floors, corpus
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@# mypy takes one core for most of a minute; the others take the other core meanwhile
	$(BIN)/mypy & types=$$!; $(BIN)/lint-imports && $(BIN)/kb check; others=$$?; \
		wait $$types && exit $$others

relevance: $(INSTALLED)  ## the measures of the README
	$(BIN)/kb build
	$(BIN)/kb evaluate tests/relevance

pictures: $(INSTALLED)  ## the pictures of the README, by the browser of this machine
	$(BIN)/kb build
	$(BIN)/python -m tests.browser.pictures

fuzz: $(INSTALLED)  ## broken files for every importer, ten minutes each
	$(BIN)/python -m tests.fuzz.importers

constraints:  ## the versions of this environment, as those that others install
	$(BIN)/pip freeze --exclude-editable | sed -e 's/+cpu$$//' -e '/ @ /d' > constraints.txt

clean:  ## remove the environment, the index and what tests keep
	rm -rf .venv .kb .pytest_cache

# torch comes first, from an index of its own; constraints.txt says which version.
$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	@index='$(TORCH_INDEX)'; \
	if [ -z "$$index" ] && [ "$$(uname -s)" = Linux ] && ! command -v nvidia-smi >/dev/null && \
		timeout 8 $(BIN)/python -c '$(ANSWERS)' 2>/dev/null; then index=$(CPU_INDEX); fi; \
	echo "PyTorch from $${index:-the registry}"; \
	$(PIP) torch $${index:+--index-url $$index} || { test -z '$(TORCH_INDEX)' && $(PIP) torch; }
	$(PIP) -e '.[dev]'
	touch $@
