// Wasm is the verifier for the page of the example server, compiled to WebAssembly. It is the same Go code that
// the server runs, so that a badge can be checked in a browser without sending it anywhere.
//
//	GOOS=js GOARCH=wasm go build -o badgeproof.wasm ./wasm
//
// It defines one function in the worker's global scope, badgeproof(bytes, options, lookup), which returns a
// Promise of the answer as JSON: the members "report", "badge" and "evidence" as POST /verify?view=1 answers
// them, or "refused" where something that was given beside the badge cannot be used. options is a JSON text
// (see options); lookup(url, accept) returns a Promise of a document. It opens no connection itself.
package main
