# Linewright. `make` alone lists what there is to do.

GO ?= go
# Fuzzing: how long each target runs, and which of them (a regular expression).
TIME ?= 10s
FUZZ ?=
# Simulation: how many seeds, from which on, of which vendor (empty: all); ACTS
# plays these acts in place of the first seed's own, STORY=1 tells all of it.
SEEDS ?= 2000
FIRST ?= 0
VENDOR ?=
ACTS ?=
STORY ?=
# Mutation: the deliberate faults to make, and the folders whose tests are to
# catch them (regular expressions); both empty: all, and rewrite their table.
FAULT ?=
BY ?=
# Benchmarks: rows whose name contains ROWS, how often each is done, and files
# for everything that was measured, and for a picture of it.
ROWS ?=
ROUNDS ?= 5
JSON ?=
SVG ?=
# What to compare with, and which Go benchmarks (a regular expression).
BASE ?=
BENCH ?= .
# The soak: how long faults go on, and how many clients there are.
DURATION ?= 30m
CLIENTS ?= 2000
# What the race detector watches waits a second at its end for goroutines that are
# still running; here none is (most packages fail where one is), and there are a
# hundred such processes.
export GORACE ?= atexit_sleep_ms=10
# Packages that have one goroutine, and as many tests as a computer can bear: the race
# detector has nothing to say about them. make architecture holds that. The page's tests
# take longest, in a browser, and begin first.
ALONE = ./spec/page ./spec/page/... ./cmd/internal/architecture ./cmd/internal/capture ./generator/... ./spec ./spec/answer \
	./spec/breaking ./spec/format ./spec/internal/... ./spec/lint ./spec/plan ./spec/schema
# Packages some tests of which leave themselves out under it, for the same reason.
PARTLY = ./cmd/linewright ./generated/internal/storms ./spec/decode ./spec/dynamic ./spec/explain
# Tools run at pinned versions, outside go.mod.
GOFUMPT = $(GO) run mvdan.cc/gofumpt@v0.12.0
STATICCHECK = $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2
# Of the benchmarks; bench-redis is the first of them alone.
SUITES = redis nats memcached decode fleet liveness generate growth
# One spec is one package: spec/vendors/acme.yaml becomes generated/acme.
SPECS = $(wildcard spec/vendors/*.yaml)
# Those that benchmarks need have their package beside them.
BENCH_SPECS = $(wildcard benchmarks/*/*.yaml)
# All documents that people read; those of tests may be as untidy as they need.
DOCUMENTS = $(SPECS) $(BENCH_SPECS) $(wildcard cmd/internal/*/*.yaml)
GENERATE = $(GO) run ./cmd/linewright generate

.DEFAULT_GOAL := help
.PHONY: help deps demo build test bench $(SUITES:%=bench-%) bench-compare networks mutate check generate check-generate check-specs fuzz corpora simulate soak format check-format check-mod lint architecture cross

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## fetch Go modules and, as root on Debian, the servers that tests run against
	@.ci/deps
	@$(GO) mod download
	@$(GO) -C benchmarks mod download

demo: ## spec, fake device, client, black hole, recovery: in one terminal, under a minute
	@$(GO) run ./cmd/linewright demo

build: ## bin/linewright
	$(GO) build -o bin/ ./cmd/linewright

test: ## every test, with the race detector where there is anything to race; says first what this machine leaves out
	@.ci/missing
	$(GO) test -race -vet=off -ldflags=-w -timeout 10m $$($(GO) list ./... | grep -vxF "$$($(GO) list $(ALONE))")
	$(GO) test -vet=off -ldflags=-w $(ALONE) $(PARTLY)
	$(GO) test -vet=off -ldflags=-w -run Allocates ./runtime
	$(GO) test -race -vet=off -ldflags=-w -skip 'Chaos|Engine|Parked|Restless' ./runtime -engine
	$(GO) -C benchmarks test -race -vet=off -ldflags=-w -timeout 10m ./...

bench: ## clients side by side, in under 15 minutes on two cores: ROWS=GET ROUNDS=5 JSON=FILE SVG=FILE, here and with:
bench-redis: ## redis-server: PING, GET, SET
bench-nats: ## nats-server: publish, subscribe
bench-memcached: ## memcached: get
bench-decode: ## lines in memory
bench-fleet: ## thousands of idle clients in one process
bench-liveness: ## black holes and dead servers, in network namespaces (root only)
bench-generate: ## loader and generator
bench-growth: ## against message size, callers, messages in a document, clients

bench $(SUITES:%=bench-%):
	@$(GO) -C benchmarks run ./bench -rounds '$(ROUNDS)' -rows '$(ROWS)' -json '$(abspath $(JSON))' \
		-svg '$(abspath $(SVG))' $(filter $(SUITES),$(@:bench-%=%))

bench-compare: ## the Go benchmarks of this version and another in turn, and benchstat's verdict: BASE=main BENCH=Command ROUNDS=6
	@BASE='$(BASE)' BENCH='$(BENCH)' ROUNDS='$(ROUNDS)' .ci/bench-compare

networks: ## what the lab measures on the real kernel, and peers beside it: Markdown, within six minutes, root only
	@.ci/networks

check: check-format check-specs check-mod lint architecture check-generate cross ## format of code and documents, go.mod, vet, staticcheck, architecture, stale generated code, other platforms

mutate: ## make each deliberate fault in a copy, and see which test fails: FAULT=watchdog BY=storm
	@$(GO) run ./cmd/internal/mutate $(if $(FAULT)$(BY),-run '$(FAULT)' -by '$(BY)',-o runtime/MUTATIONS.md)

generate: ## write generated/<vendor> from spec/vendors/<vendor>.yaml
	@set -e; for spec in $(SPECS); do \
		$(GENERATE) -o "generated/$$(basename "$$spec" .yaml)" "$$spec"; done
	@set -e; for spec in $(BENCH_SPECS); do $(GENERATE) -o "$${spec%.yaml}" "$$spec"; done

check-generate: ## fail where generated/ is not what the specs say
	@set -e; for spec in $(SPECS); do \
		$(GENERATE) --check -o "generated/$$(basename "$$spec" .yaml)" "$$spec"; done
	@set -e; for spec in $(BENCH_SPECS); do $(GENERATE) --check -o "$${spec%.yaml}" "$$spec"; done

fuzz: ## run every fuzz target in turn, and say what each did: TIME=10m FUZZ=FuzzFrames
	@$(GO) run ./cmd/internal/fuzz -time '$(TIME)' -run '$(FUZZ)'

corpora: ## keep what fuzzing found: testdata/fuzz of every target, few and small: FUZZ=FuzzFrames
	@$(GO) run ./cmd/internal/fuzz -corpora -run '$(FUZZ)'

simulate: ## blow storms over simulated clients: SEEDS=2000 FIRST=0 VENDOR=acme
	@$(GO) run ./generated/internal/storms/simulate -seeds '$(SEEDS)' -first '$(FIRST)' -vendor '$(VENDOR)' \
		-acts '$(ACTS)' $(if $(STORY),-story)

soak: ## everything goes wrong at random, all is counted, bin/soak.svg is drawn: DURATION=30m CLIENTS=2000
	@mkdir -p bin
	@$(GO) run ./cmd/internal/soak -duration '$(DURATION)' -clients '$(CLIENTS)' -o bin/soak.svg

format: ## rewrite the Go files as gofumpt has them, and the documents as linewright fmt does
	$(GOFUMPT) -w .
	$(GO) run ./cmd/linewright fmt -w $(DOCUMENTS)

check-format:
	@files=$$($(GOFUMPT) -l .) || exit 1; \
	if [ -n "$$files" ]; then echo "not formatted (make format):"; echo "$$files"; exit 1; fi

check-specs:
	@$(GO) run ./cmd/linewright fmt --check -d $(DOCUMENTS) || { echo "not formatted (make format)"; exit 1; }
	@$(GO) run ./cmd/linewright lint --severity info $(SPECS)

check-mod:
	@$(GO) mod tidy -diff
	@$(GO) -C benchmarks mod tidy -diff

lint:
	$(GO) vet ./...
	$(GO) -C benchmarks vet ./...
	$(STATICCHECK) ./...

architecture:
	$(GO) test -count=1 ./cmd/internal/architecture

cross:
	@.ci/cross linux darwin windows freebsd
