package web

import "time"

// Limits of the page's own handlers. Those of the badges are the API's.
const (
	maxRanges   = 32               // languages of an Accept-Language header that are looked at
	maxWasm     = 64 << 20         // bytes of the compiled verifier
	maxScript   = 1 << 20          // bytes of wasm_exec.js
	maxBuildLog = 4 << 10          // bytes of what the Go tool says that are shown
	buildTime   = 5 * time.Minute  // for the Go tool; a first build takes half a minute on two cores
	sendTime    = 2 * time.Minute  // for sending the program then
	retryBuild  = 10 * time.Second // how long a failure to build is answered without another try
)
