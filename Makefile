# Bao Phủ. `make run` starts the system, `make demo` a filled one, `make test` runs every test,
# `make test AREA=Linkage` those of one area.
# Each target installs what it needs (Debian 12, root) and can be run again.

# Package.swift hands the commit on to `baophu --version`.
SWIFT_BUILD = BAOPHU_COMMIT="$$(git describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null)" \
	swift build --explicit-target-dependency-import-check error
RELEASE = .build/release/baophu

.PHONY: run demo test bench fuzz docs sbom install format lint build packages clean

run: build
	@echo "Starting; stop with Ctrl+C. Data lies in data/baophu.sqlite."
	@$(RELEASE) serve $(ARGS)

demo: build
	@echo "Starting with illustrative data; stop with Ctrl+C."
	@$(RELEASE) demo $(ARGS)

build: packages
	@echo "Building (a first build takes some minutes) …"
	@$(SWIFT_BUILD) -c release --product baophu

packages:
	@scripts/install-packages build

ifdef AREA
test:
	@scripts/test-area "$(AREA)" $(ARGS)
else
test: lint
	@scripts/install-packages test
	@echo "Building and running every test …"
	@scripts/run-tests $(ARGS)
endif

bench:
	@scripts/install-packages bench
	@echo "Building the benchmarks …"
	@$(SWIFT_BUILD) -c release --product baophu
	@$(SWIFT_BUILD) -c release --product baophu-bench
	@Benchmarks/peers/setup.sh
	@case "$(ARGS)" in "--only linkage") ;; *) .build/release/baophu-bench $(ARGS) ;; esac
	@case "$(ARGS)" in "--only linkage") Benchmarks/splink/compare.sh ;; *--only*) ;; *) Benchmarks/splink/compare.sh ;; esac

# One reader of what people send: make fuzz TARGET=csv RUNS=1000000 (Fuzz/README.md)
fuzz: packages
	@scripts/fuzz "$(TARGET)" $(RUNS)

docs: packages
	@scripts/build-docs

# The bill of materials of the release build: .build/bao-phu.cdx.json.
sbom: build
	@scripts/install-packages release
	@swift package show-dependencies --format json >.build/dependencies.json
	@scripts/make-sbom --dependencies .build/dependencies.json --program $(RELEASE) --output .build/bao-phu.cdx.json

# PREFIX=/opt/baophu: docs/huong-dan/van-hanh.md goes on from there.
install: sbom
	@scripts/install-release "$(or $(PREFIX),/opt/baophu)"

format:
	@swift format --in-place --parallel --recursive Sources Tests Benchmarks Fuzz Package.swift

lint:
	@swift format lint --strict --parallel --recursive Sources Tests Benchmarks Fuzz Package.swift

clean:
	@rm -rf .build
