// Package fetch is the only door to the outside: a client that is safe to point at a URL which a
// stranger chose, and the recorder and replayer of what it brought back.
//
// [Client] speaks https only, to host names only, and connects to public unicast addresses only.
// The address is judged after the name was resolved, and the connection goes to that very address,
// so that a name which changes its answer gains nothing. Redirects pass the same gate. Headers,
// bodies, time and the number of fetches are bounded (see [Limits]). No proxy, cookie, user name or
// environment variable is used, and no content coding is accepted, so that a body cannot grow after
// it was counted.
//
// [Recorder] and [Replayer] write and answer from a [Bundle], the evidence of a decision. A bundle is not signed: whoever
// relies on one trusts whoever wrote it.
//
// What a document says, its media type included, is not judged here: these types find documents.
// All of them have the method
//
//	Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error)
//
// whose error is always an [*Error], and all are safe for concurrent use. The body is the caller's
// own copy. FetchFrom does the same and tells, too, which URL answered in the end: a redirect may lead to
// another host, and whose word is found there is for the caller to judge.
package fetch
