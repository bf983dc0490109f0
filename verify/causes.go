package verify

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/suites"
)

// Why did a proof fail? Most badges that do not verify were not forged: a content management system changed
// their quotation marks, a context is missing, the issuer signed with the key of another server. The search
// here changes the document back in the usual ways, one at a time, and asks whether the signature matches then.
//
// A cause found so is certain, and still only a hint: it never changes an outcome. What is only suspected says so.
// The search looks nothing up, uses the keys that the verification has found, and is bounded in attempts, bytes
// and time ([Limits]) over all proofs of a verification, with the credentials inside it. It does not find two
// changes at once, nor a word that was changed: nobody can tell what it was.

// failure is a signature that did not match, with what it takes to try it again.
type failure struct {
	in    suites.Input // of an embedded proof; zero for a token
	token *token       // of a token; nil for an embedded proof
	key   keys.Method
	err   *strict.Error
}

// search looks for the cause of one failure.
type search struct {
	*run
	*failure
	proof    int   // place of the proof among those of the document
	previous []int // places of those that it refers to
	until    time.Time
}

// searched is what the searches of one verification have used up.
type searched struct {
	attempts, bytes int
	looked          int // bytes of the documents that were looked through for what is only suspected
	time            time.Duration
}

// causes looks for the cause of a failure among attempts, and returns hints.
func (r *run) causes(ctx context.Context, attempts []attempt) []string {
	var hints []string
	for _, a := range attempts {
		if a.failed == nil || r.nested || a.result.Outcome != Failed || !explicable(a.failed.err.Code) {
			continue
		}
		for _, h := range r.cause(ctx, a.failed) {
			if !slices.Contains(hints, h) {
				hints = append(hints, h)
			}
		}
	}
	return hints
}

// explicable reports whether a proof that failed so may have an innocent cause that can be found.
func explicable(code string) bool {
	return code == "proof.signature" || strings.HasPrefix(code, "jsonld.")
}

// cause looks for the cause of one failure: for an undefined term, first who defines it; then by each of the steps
// until one matches; and where none does, for what is only suspected. Its time counts against [Limits.CauseTime] however
// it ends.
func (r *run) cause(ctx context.Context, f *failure) (hints []string) {
	start := time.Now()
	s := &search{run: r, failure: f, until: start.Add(r.v.limits.CauseTime - r.searched.time)}
	defer func() { r.searched.time += time.Since(start) }()
	if f.token == nil && !s.locate() {
		return nil
	}
	if s.over(ctx, 0) { // as it is for most of hundreds of credentials
		return nil
	}
	if f.err.Code == "jsonld.undefined_term" {
		hints = s.definitions(ctx)
	}
	for _, step := range s.steps() {
		if s.over(ctx, 0) {
			break
		}
		if hint := step(ctx); hint != "" {
			return append(hints, hint)
		}
	}
	if f.token != nil || len(hints) > 0 {
		return hints
	}
	return s.suspicions()
}

// steps are the ways in which a document or a proof comes to be changed, those that are the likeliest
// and cheapest to try first. Each returns the hint about a cause that was found, "" for none.
func (s *search) steps() []func(context.Context) string {
	switch {
	case s.token != nil:
		return []func(context.Context) string{s.otherKeys}
	case s.err.Code == "proof.signature":
		return []func(context.Context) string{
			s.otherKeys, s.otherTexts, s.otherDates, s.otherContexts, s.otherOptions, s.otherShapes, s.fewerMembers, s.otherEnds, s.eachDate,
		}
	}
	return []func(context.Context) string{s.withoutOffence, s.otherContexts}
}

// locate finds the proof, and those it refers to, among the proofs of the document.
func (s *search) locate() bool {
	proofs := s.proofs()
	place := func(p strict.Value) int {
		return slices.IndexFunc(proofs, func(q strict.Value) bool { return q.Offset() == p.Offset() })
	}
	s.proof = place(s.in.Proof)
	for _, p := range s.in.Previous {
		s.previous = append(s.previous, place(p))
	}
	return s.proof >= 0 && !slices.Contains(s.previous, -1)
}

// over reports whether the budget is too small for one more attempt over so many bytes. What prepares attempts asks
// before it goes to work.
func (s *search) over(ctx context.Context, bytes int) bool {
	attempts, most := s.budget()
	return ctx.Err() != nil || s.searched.attempts >= attempts || bytes > most-s.searched.bytes || !time.Now().Before(s.until)
}

// afford takes one attempt over so many bytes from the budget; false says that there is no more.
func (s *search) afford(ctx context.Context, bytes int) bool {
	if s.over(ctx, bytes) {
		return false
	}
	s.searched.attempts++
	s.searched.bytes += bytes
	return true
}

// budget is how many attempts there are for this document and those before it, over how many bytes. The proof of a
// presentation leaves half of it to the credentials inside, by which it may fail.
func (s *search) budget() (attempts, bytes int) {
	l := s.v.limits
	if s.vp != nil {
		return l.Causes / 2, l.CauseBytes / 2
	}
	return l.Causes, l.CauseBytes
}

// try asks whether the signature matches the document with patches.
func (s *search) try(ctx context.Context, patches ...patch) bool {
	if len(patches) == 0 || !s.afford(ctx, len(s.value().Raw())) {
		return false
	}
	_, err := s.again(rewrite(s.value(), patches))
	return err == nil
}

// again verifies the proof in another text of the document, and returns that document. The text is parsed anew under
// the strict rules, so that no patch makes a document that could not have been given; its proofs have to be where they
// were. The key stays the one that the verification found.
func (s *search) again(text string) (strict.Value, error) {
	v, err := strict.Parse([]byte(text), strict.Limits{Bytes: 2*len(s.value().Raw()) + 1<<10})
	if err != nil {
		return v, err
	}
	proofs := slices.Collect(v.Get("proof").Each())
	if s.proof >= len(proofs) {
		return v, problem("proof.missing", "", "the proof is not there any more")
	}
	in := s.in
	in.Document, in.Proof, in.Previous = v, proofs[s.proof], nil
	for _, i := range s.previous {
		if i >= len(proofs) {
			return v, problem("proof.chain", "", "a proof is not there any more")
		}
		in.Previous = append(in.Previous, proofs[i])
	}
	suite, ok := suites.Find(in.Proof)
	if !ok {
		return v, problem("proof.suite_unknown", "", "the suite is not known")
	}
	_, err = suite.Verify(in)
	return v, err
}

// jcs reports whether the proof was made over JSON, and not over what JSON-LD makes of it: the order of
// contexts and single values in arrays count then.
func (s *search) jcs() bool {
	return strings.Contains(s.in.Proof.Get("cryptosuite").Text(), "-jcs-")
}
