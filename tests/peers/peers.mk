# The optimizers of other projects, judged. npm's packages go into the build folder, as the lock file has them.

PEERS = $(BUILD)/peers

.PHONY: peers
peers: packages-peers all $(PEERS)/installed ## judge other projects' optimizers, and rewrite tests/peers/conformance.md
	@BUILD=$(BUILD) PYTHONPATH=oracle/python $(PYTHON) -B tests/peers/peers.py

# Without node, npm or a network, tests/peers/peers.py says what is missing. A node that is not Debian's has its own npm.
$(PEERS)/installed: tests/peers/package.json tests/peers/package-lock.json
	@mkdir -p $(PEERS)
	@command -v npm >/dev/null || .ci/install nodejs npm || true
	cp tests/peers/package.json tests/peers/package-lock.json $(PEERS)
	@if cd $(PEERS) && npm ci --ignore-scripts --no-audit --no-fund; then touch installed; else rm -rf node_modules; fi
