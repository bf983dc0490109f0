package badge_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

// TestBroadDocuments has documents of a length that is allowed and of a shape that takes time for each of its values
// that grows with their number. All of it takes minutes where anything does so.
func TestBroadDocuments(t *testing.T) {
	many := func(n int, form string) string {
		var all strings.Builder
		for i := range n {
			fmt.Fprintf(&all, form, i)
		}
		return all.String()
	}
	shapes := map[string]string{
		"members":           many(80_000, `,"m%05d":1`),
		"members inside":    `,"x":{"a":1` + many(80_000, `,"m%05d":1`) + `}`,
		"values of no kind": `,"endorsement":[` + strings.Repeat("1,", 190_000) + `1]`,
		"objects of no use": `,"endorsement":[` + strings.Repeat(`{"id":1},`, 90_000) + `1]`,
		"null for nothing":  `,"endorsement":[` + strings.Repeat(`{"related":[]},`, 60_000) + `1]`,
		"own contexts":      many(8_000, `,"x%04d":{"@context":{"id":1}}`),
		"keywords":          `,"endorsement":[` + strings.Repeat(`{"id":"a:b","@id":"a:b"},`, 40_000) + `1]`,
	}
	start := time.Now()
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld()
			data := string(text(t, w.assertion))
			broad := []byte(strings.TrimSuffix(data, "}") + shape + "}")
			_, r := w.judge(t, broad, trusting()) // of the copy, only its id counts
			wantOlder(t, r, verify.Valid, "", "")
			w.host.Put(assertionURL, "application/json", broad)
			b, err := badge.Open(broad)
			if err != nil {
				t.Fatal(err)
			}
			w.verify(t, b, trusting())
			other, err := badge.Open(slices.Concat(broad[:len(broad)-1], []byte(`,"more":1}`)))
			if err != nil {
				t.Fatal(err)
			}
			if r := w.verify(t, other, trusting()); r.Verdict == verify.Valid && !warned(r, "proof", "hosted.changed") {
				t.Error("nobody was told that the copy has more")
			}
		})
	}
	if took := time.Since(start); took > 60*time.Second {
		t.Errorf("it took %v", took)
	}
}

// TestWithdrawnKeys has what the issuer, or the document of a key, says of a key that no longer counts.
func TestWithdrawnKeys(t *testing.T) {
	for name, c := range map[string]struct {
		member  string
		value   any
		verdict verify.Verdict
	}{
		"revoked":                {"revoked", true, verify.Invalid},
		"revoked, in words":      {"revoked", "yes", verify.Invalid},
		"revoked on a day":       {"revoked", "2026-11-01", verify.Invalid},
		"revoked before":         {"revoked", "2026-11-21T23:59:59Z", verify.Invalid},
		"revoked now":            {"revoked", "2026-11-22T00:00:00Z", verify.Invalid},
		"revoked, in a list":     {"revoked", []any{true}, verify.Invalid},
		"revoked later":          {"revoked", "2026-11-22T00:00:01Z", verify.Valid},
		"not revoked":            {"revoked", false, verify.Valid},
		"nothing about that":     {"revoked", nil, verify.Valid},
		"expired":                {"expires", "2026-11-21T23:59:59Z", verify.Invalid},
		"expires, nobody knows":  {"expires", "some day", verify.Invalid},
		"expires at that moment": {"expires", "2026-11-22T00:00:00Z", verify.Valid},
		"expires later":          {"expires", "2027-01-01T00:00:00Z", verify.Valid},
	} {
		for place, edit := range map[string]func(w *olderWorld){
			"linked":       func(w *olderWorld) { w.key[c.member] = c.value },
			"in the entry": func(w *olderWorld) { w.issuer["publicKey"] = object{"id": keyURL, c.member: c.value} },
			"embedded":     func(w *olderWorld) { w.issuer["publicKey"] = with(w.key, c.member, c.value) },
		} {
			t.Run(name+", "+place, func(t *testing.T) {
				w := newOlderWorld().signed()
				edit(w)
				_, r := w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion)), trusting())
				if c.verdict == verify.Valid {
					wantOlder(t, r, verify.Valid, "", "")
				} else {
					wantOlder(t, r, c.verdict, "proof", "key.revoked")
				}
			})
		}
	}
}

// TestCreatorOfNothing takes null for no creator, as everywhere, and nothing else.
func TestCreatorOfNothing(t *testing.T) {
	for creator, verdict := range map[any]verify.Verdict{nil: verify.Valid, "": verify.Invalid, keyURL + "#": verify.Invalid, strings.ToUpper(keyURL): verify.Invalid} {
		w := newOlderWorld().signed()
		w.assertion["verification"] = object{"type": "SignedBadge", "creator": creator}
		_, r := w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion)), trusting())
		code := map[verify.Verdict]string{verify.Invalid: "proof.method"}[verdict]
		wantOlder(t, r, verdict, "proof", code)
	}
}

// TestSpellings has documents that say one thing to who reads terms and another to a processor of JSON-LD.
func TestSpellings(t *testing.T) {
	for name, c := range map[string]struct {
		edit    func(w *olderWorld)
		verdict verify.Verdict
		code    string
	}{
		"id and @id":            {func(w *olderWorld) { w.assertion["@id"] = "https://evil.example/a" }, verify.Invalid, "ob2.value"},
		"type and @type":        {func(w *olderWorld) { w.class["@type"] = "Assertion" }, verify.Invalid, "ob2.value"},
		"revoked by its IRI":    {func(w *olderWorld) { w.assertion["https://w3id.org/openbadges#revoked"] = true }, verify.Invalid, "ob2.value"},
		"revoked by its prefix": {func(w *olderWorld) { w.assertion["obi:revoked"] = true }, verify.Invalid, "ob2.value"},
		"recipient by a prefix": {func(w *olderWorld) {
			w.assertion["obi:recipient"] = object{"type": "email", "identity": "eve@example.org"}
		}, verify.Invalid, "ob2.value"},
		"issuer by a prefix": {func(w *olderWorld) { w.class["obi:issuer"] = "https://evil.example/profile" }, verify.Invalid, "ob2.value"},
		"identity by a prefix": {func(w *olderWorld) {
			w.assertion["recipient"] = object{"type": "email", "identity": ada, "obi:identityHash": "eve@example.org"}
		}, verify.Invalid, "ob2.value"},
		"in an embedded class": {func(w *olderWorld) { w.assertion["badge"] = with(w.class, "@id", "https://evil.example/b") }, verify.Invalid, "ob2.value"},
		"only @id":             {func(w *olderWorld) { delete(w.class, "type"); w.class["@type"] = "BadgeClass" }, verify.Invalid, "ob2.missing"},
		"a name in another case": {func(w *olderWorld) {
			delete(w.assertion, "recipient")
			w.assertion["Recipient"] = object{"type": "email", "identity": ada}
		}, verify.Invalid, "ob2.missing"},
		"an issuer's own terms": {func(w *olderWorld) {
			w.assertion["@context"] = []any{context2, object{"mine": "https://issuer.example/t#mine", "@language": "en"}}
			w.assertion["mine"], w.assertion["schema:mine"] = 1, 2
		}, verify.Valid, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld()
			c.edit(w)
			_, r := w.judge(t, text(t, w.assertion), trusting())
			check := map[bool]string{true: "badge.conformance"}[c.code != ""]
			wantOlder(t, r, c.verdict, check, c.code)
		})
	}
	w := newOlderWorld()
	w.assertion["@context"] = []any{context2, object{"recipient": "https://evil.example/t#r", "earner": "https://w3id.org/openbadges#recipient"}}
	_, r := w.judge(t, text(t, w.assertion), trusting())
	if wantOlder(t, r, verify.Valid, "", ""); !warned(r, "badge.conformance", "ob2.context") {
		t.Error("nobody was told that a term was defined anew")
	}
	p := trusting()
	p.Strict = true
	_, r = w.judge(t, text(t, w.assertion), p)
	wantOlder(t, r, verify.Invalid, "badge.conformance", "ob2.context")
}

// TestHostInTrouble tells what is no answer from an answer about something else.
func TestHostInTrouble(t *testing.T) {
	for name, c := range map[string]struct {
		url     string
		answer  object
		verdict verify.Verdict
		check   string
		code    string
	}{
		"a message":               {assertionURL, object{"error": "busy"}, verify.Indeterminate, "proof", "hosted.document"},
		"nothing":                 {assertionURL, object{}, verify.Indeterminate, "proof", "hosted.document"},
		"a message of the issuer": {issuerURL, object{"message": "busy", "status": 429}, verify.Indeterminate, "issuer", "hosted.document"},
		"a message of the class":  {classURL, object{"detail": "busy"}, verify.Indeterminate, "proof", "hosted.document"},
		"an assertion, no id":     {assertionURL, object{"@context": context2, "type": "Assertion"}, verify.Invalid, "proof", "hosted.id"},
		"a message with an id":    {assertionURL, object{"id": "https://issuer.example/errors/1"}, verify.Invalid, "proof", "hosted.id"},
		"revoked, no id":          {assertionURL, object{"revoked": true}, verify.Invalid, "proof", "hosted.id"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld()
			w.extra[c.url] = c.answer
			_, r := w.judge(t, text(t, w.assertion), trusting())
			wantOlder(t, r, c.verdict, c.check, c.code)
		})
	}
	for status, verdict := range map[int]verify.Verdict{410: verify.Invalid, 404: verify.Indeterminate, 403: verify.Indeterminate, 500: verify.Indeterminate, 0: verify.Indeterminate} {
		w := newOlderWorld()
		w.extra[assertionURL] = nil
		w.host.Fail(assertionURL, goneError(status))
		w.publish(t)
		// What a recorder heard, it says again, live and from its bundle.
		recorder := fetch.NewRecorder(w, func() time.Time { return moment })
		for range 2 {
			r := judgeBy(t, w, recorder)
			check, code := "proof", "hosted.unreachable"
			if status == 410 {
				check, code = "status", "status.revoked"
			}
			wantOlder(t, r, verdict, check, code)
		}
		bundle := recorder.Bundle()
		if r := judgeBy(t, w, fetch.NewReplayer(bundle)); r.Verdict != verdict {
			t.Errorf("status %d: replayed as %v", status, r.Verdict)
		}
	}
}

// judgeBy verifies the assertion of a world with what somebody else fetches.
func judgeBy(t *testing.T, w *olderWorld, f verify.Fetcher) *verify.Report {
	t.Helper()
	v, err := verify.New(verify.Config{Resources: f})
	if err != nil {
		t.Fatal(err)
	}
	b, err := badge.Open(text(t, w.assertion))
	if err != nil {
		t.Fatal(err)
	}
	r, _ := badge.Verify(t.Context(), v, b, trusting())
	return r
}

// TestPrefixElsewhere leaves open what is open also where it has to be known before the host may be asked.
func TestPrefixElsewhere(t *testing.T) {
	const elsewhere = "https://cdn.example/assertions/1"
	for starts, c := range map[string]struct {
		verdict verify.Verdict
		code    string
	}{
		"https://cdn.example/assertions/": {verify.Valid, ""},
		"https://cdn.example/asser":       {verify.Indeterminate, "hosted.prefix"},
		"https://cdn.example/others/":     {verify.Invalid, "issuer.untrusted"},
	} {
		w := newOlderWorld()
		w.assertion["id"] = elsewhere
		w.issuer["verification"] = object{"startsWith": starts}
		_, r := w.judge(t, text(t, w.assertion), trusting())
		wantOlder(t, r, c.verdict, "issuer", c.code)
		if asked := slices.Contains(w.host.Calls(), elsewhere); asked != (c.verdict == verify.Valid) {
			t.Errorf("%s: asked the host: %v", starts, asked)
		}
	}
}

// TestStolenEndorsement has an issuer who gives an own badge class the id of somebody else's, which was endorsed.
func TestStolenEndorsement(t *testing.T) {
	const stolen = "https://college.example/degree"
	p := badge.Demands{Endorsements: verify.Required, Endorsers: verify.IssuerSet(endorserURL)}.Policy(verify.IssuerSet(issuerURL))
	p.At = moment
	for name, c := range map[string]struct {
		id      string
		linked  bool
		verdict verify.Verdict
		code    string
	}{
		"own":              {classURL, false, verify.Valid, ""},
		"own, linked":      {classURL, true, verify.Valid, ""},
		"no place":         {"urn:uuid:6f2b4b1e-2f0a-4a0e-9c1b-111111111111", false, verify.Valid, ""},
		"stolen":           {stolen, false, verify.Indeterminate, "issuer.unbound"},
		"elsewhere, there": {stolen, true, verify.Valid, ""},
		"stolen, not read": {"https://college.example/../degree", false, verify.Indeterminate, "issuer.unbound"},
	} {
		for _, signed := range []bool{false, true} {
			if signed && c.id == stolen && c.linked { // a stranger's host is not asked for what nobody has signed yet
				continue
			}
			t.Run(fmt.Sprint(name, ", signed: ", signed), func(t *testing.T) {
				w := newOlderWorld()
				w.class["id"], w.class["endorsement"] = c.id, w.endorse(c.id)
				w.assertion["badge"] = w.class
				if c.linked {
					w.assertion["badge"], w.extra[c.id] = c.id, w.class
				}
				data := text(t, w.assertion)
				if signed {
					w.signed()
					data = olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion))
				}
				_, r := w.judge(t, data, p)
				wantOlder(t, r, c.verdict, "badge.endorsements", c.code)
				if beside := strings.HasPrefix(c.id, "https://college"); beside != warned(r, "issuer", "hosted.scope") {
					t.Errorf("told that the badge class is elsewhere: %v", !beside)
				}
			})
		}
	}
}

// TestEndorsedSigned asks of the endorsements of a signed badge nothing that is asked of its signature.
func TestEndorsedSigned(t *testing.T) {
	w := newOlderWorld().signed()
	w.class["endorsement"] = w.endorse(classURL)
	p := trusting()
	p.MinProofs, p.Methods = 1, []string{keyURL}
	_, r := w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion)), p)
	wantOlder(t, r, verify.Valid, "", "")
	p.MinProofs = 2
	_, r = w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion)), p)
	wantOlder(t, r, verify.Invalid, "proof", "proof.too_few")
}

// TestHostileValues puts every kind of value into every place of every document. Nothing of it panics, no stranger is
// asked, and what is valid all the same is the badge of the issuer, for the recipient.
func TestHostileValues(t *testing.T) {
	const evil = "https://evil.example/x"
	values := []string{`null`, `true`, `7`, `""`, `"x"`, `"` + evil + `"`, `[]`, `[[]]`, `{}`, `{"id":"` + evil + `"}`, `["` + evil + `"]`, `[null]`, `{"@value":"x"}`,
		`"2027-01-01T00:00:00Z"`, `{"type":"hosted"}`, `{"type":["signed","hosted"]}`}
	// What these say cannot be said by anything else, but for how the badge is verified and the id of a signed one.
	needed := []string{"assertion/id", "assertion/type", "assertion/badge", "assertion/verification", "assertion/recipient", "class/id", "class/type", "class/issuer", "issuer/id", "issuer/type"}
	for _, signed := range []bool{false, true} {
		for _, at := range []string{"assertion", "class", "issuer", "key", "list", "assertion/recipient", "assertion/verification"} {
			t.Run(fmt.Sprint(at, signed), func(t *testing.T) {
				for _, name := range append(slices.Collect(maps.Keys(placeOf(newOlderWorld(), at, signed))), "revoked", "expires", "endorsement", "publicKey", "revocationList", "verification", "salt", "@id") {
					for _, value := range values {
						w := newOlderWorld()
						var v any
						if err := json.Unmarshal([]byte(value), &v); err != nil {
							t.Fatal(err)
						}
						placeOf(w, at, signed)[name] = v
						p := trusting()
						p.Recipient = badge.Email(ada)
						data := text(t, w.assertion)
						if signed {
							data = olderJWS(t, signingKey(), `{"alg":"RS256"}`, data)
						}
						b, err := badge.Open(data)
						if err != nil {
							continue
						}
						w.publish(t)
						r := w.verify(t, b, p)
						if r.Verdict != verify.Valid {
							continue
						}
						where := at + "/" + name
						harmless := where == "assertion/verification" && strings.Contains(value, `"type"`) || where == "assertion/id" && signed && v == evil
						if r.Credential.Issuer != issuerURL || r.Binding == verify.Unbound || slices.Contains(needed, where) && !harmless {
							t.Errorf("%s is %s, and the badge is valid", where, value)
						}
					}
				}
			})
		}
	}
}

// placeOf returns the object at a place of a world, which it makes one of a signed badge where that is asked for.
func placeOf(w *olderWorld, at string, signed bool) object {
	if signed && w.issuer["publicKey"] == nil {
		w.signed()
	}
	switch at {
	case "assertion":
		return w.assertion
	case "class":
		return w.class
	case "issuer":
		return w.issuer
	case "key":
		return w.key
	case "list":
		return w.list
	}
	return w.assertion[strings.TrimPrefix(at, "assertion/")].(object)
}
